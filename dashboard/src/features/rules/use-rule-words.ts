import type { Silence } from '#protocol/calendar.ts'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import type { Exemption } from '#protocol/http/exemptions.ts'
import type { LimitKind } from '#protocol/rules/limits.ts'
import { looserThan, type RuleLevel } from '#protocol/rules/said-rules.ts'
import { plainDate } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'

/** How rules and whose word they are is told. */
export function useRuleWords({ names }: Pick<AiringRules, 'names'>) {
  const { t } = useTranslation()
  const nameOf = (by: RuleLevel): string => (by === 'default' ? t('rules.system') : (names[by] ?? ''))
  const quietText = ({ from, to }: { from: string; to: string }): string => `${from}–${to}`
  /** What holds of a kind, unless it is this place's own word; and that the own word comes to nothing, where there is one. */
  const inheritedText = (rules: AiringRules, kind: LimitKind): string | null => {
    const said = rules.effective.limits[kind]
    if (!said || said.by === rules.kind) return null
    const days = kind === 'days' ? rules.effective.limits.days?.value : undefined
    const value = days ? days.map((day) => t(`rules.weekday.${day}`)).join(', ') : String(said.value)
    const isOverruled = looserThan({ [kind]: said.value }, rules.own.limits).includes(kind)
    return t(isOverruled ? 'rules.overruled' : 'rules.inherited', { name: nameOf(said.by), value })
  }
  /** Up to what an exemption lets a limit be exceeded; while it is decided on, beside what holds. */
  const exemptText = (
    rules: AiringRules,
    { upTo, state }: Pick<Exemption, 'upTo' | 'state'>,
    kind: LimitKind,
  ): string => {
    if (kind === 'days') return t('rules.exempt.days')
    const value = upTo[kind]
    const text =
      value === undefined
        ? t('rules.exemptWholly', { limit: t(`rules.limit.${kind}`) })
        : t(`rules.exempt.${kind}`, { value })
    const held = rules.effective.limits[kind]
    return state === 'waiting' && held ? t('rules.exemptBeside', { text, held: held.value }) : text
  }
  const lunarText = ({ month, day, time }: { month: number; day: number; time: string }): string =>
    day === -1 ? t('rules.lunarLast', { time, month }) : t('rules.lunarDay', { time, day, month })
  const periodText = ({ period }: Silence): string =>
    period.kind === 'lunar'
      ? t('rules.everyYear', { from: lunarText(period.from), until: lunarText(period.until) })
      : t('rules.once', {
          from: `${period.from.time} ${plainDate(period.from.date)}`,
          until: `${period.until.time} ${plainDate(period.until.date)}`,
        })
  return { nameOf, quietText, inheritedText, exemptText, periodText }
}
