/** Ends things in the reverse order of their making. (Node 20 has no `AsyncDisposableStack`.) */
export class Teardown implements AsyncDisposable {
  #steps: (() => PromiseLike<unknown> | undefined)[] = []

  defer(step: () => PromiseLike<unknown> | undefined): void {
    this.#steps.push(step)
  }

  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]())
    return resource
  }

  /** Hands everything over, so that leaving this scope ends nothing. */
  move(): Teardown {
    const moved = new Teardown()
    moved.#steps = this.#steps
    this.#steps = []
    return moved
  }

  /** Every step is tried; the first failure is thrown at the end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = []
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step()
      } catch (err) {
        failures.push(err)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
