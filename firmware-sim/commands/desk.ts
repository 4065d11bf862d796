import type { ClusterCommand, CommandReply } from '#protocol/messages.ts'
import { openMessage, type TrustedKeys } from '#protocol/signing.ts'
import { topics } from '#protocol/topics.ts'
import type { Clock } from '../clock.ts'
import type { Transport } from '../transport.ts'
import { type Answer, type Behaviour, behaviours, type Controls } from './behaviours.ts'

interface DeskParts {
  readonly clusterId: string
  readonly clock: Clock
  readonly trusted: TrustedKeys
  readonly transport: Transport
  readonly controls: Controls
}

const REMEMBERED = 100

/** Obeys each signed command once, and answers it each time it comes. */
export class CommandDesk {
  readonly #parts: DeskParts
  readonly #answers = new Map<string, Promise<Answer>>()

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  async receive(jws: string): Promise<void> {
    const opened = await openMessage('command', jws, this.#parts.trusted)
    // Without a good signature there is no command id to answer to, and nobody worth answering.
    if (!opened.ok || opened.content.clusterId !== this.#parts.clusterId) return
    const command = opened.content
    const answer = this.#answers.get(command.commandId) ?? this.#obey(command)
    this.#answers.set(command.commandId, answer)
    for (const id of this.#answers.keys()) if (this.#answers.size > REMEMBERED) this.#answers.delete(id)
    await this.#reply({ commandId: command.commandId, ...(await answer) })
  }

  async #obey(command: ClusterCommand): Promise<Answer> {
    if (command.expiresAt < this.#parts.clock.now())
      return { ok: false, code: 'expired', detail: 'the command came after its expiry' }
    return answerOf(behaviours, this.#parts.controls, command)
  }

  async #reply(reply: CommandReply): Promise<void> {
    const { qos, retain, path } = topics.reply
    const { clusterId, transport } = this.#parts
    await transport.publish({ topic: path({ clusterId }), payload: JSON.stringify(reply), qos, retain })
  }
}

async function answerOf(all: readonly Behaviour[], controls: Controls, command: ClusterCommand): Promise<Answer> {
  for (const behaviour of all) {
    const answer = await behaviour(controls, command)
    if (answer) return answer
  }
  return { ok: false, code: 'unsupported', detail: `this firmware does not know ${command.kind}` }
}
