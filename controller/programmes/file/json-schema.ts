import { z } from 'zod'
import { StationFile } from './schema.ts'

type Schema = z.core.JSONSchema.BaseSchema

/** What editors check a file by, and what they show beside its fields. */
export const stationJsonSchema = (): Schema =>
  z.toJSONSchema(StationFile, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // Not every editor knows the classes of Unicode, and without them this would forbid letters.
      if (jsonSchema.pattern?.includes('\\p{')) delete jsonSchema.pattern
    },
  })

/** The schemas that a value at a path may follow; of a choice all of them. */
export function schemasAt(path: readonly PropertyKey[], root: Schema = stationJsonSchema()): Schema[] {
  return path.reduce<Schema[]>((schemas, step) => schemas.flatMap((schema) => within(schema, step)), choicesOf(root))
}

function within({ properties, additionalProperties, items }: Schema, step: PropertyKey): Schema[] {
  const inner = properties?.[String(step)] ?? additionalProperties ?? (typeof step === 'number' ? items : undefined)
  return typeof inner === 'object' && !Array.isArray(inner) ? choicesOf(inner) : []
}

const choicesOf = (schema: Schema): Schema[] =>
  schema.anyOf?.flatMap((choice) => (typeof choice === 'object' ? choicesOf(choice) : [])) ?? [schema]

/** How a value that follows a schema is written, in short: `skip`, `bul_…` or `{ move: … }`. */
export function writtenForm({ const: only, enum: values, pattern, required, properties }: Schema): string[] {
  if (only !== undefined) return [String(only)]
  if (values) return values.map(String)
  const prefix = pattern && /^\^([a-z]+_)/.exec(pattern)?.[1]
  if (prefix) return [`${prefix}…`]
  return required ? [`{ ${required.map((name) => `${name}: ${shownValue(properties?.[name])}`).join(', ')} }`] : []
}

const shownValue = (schema: Schema | boolean | undefined): string =>
  typeof schema === 'object' && schema.const !== undefined ? String(schema.const) : '…'
