/** A list of numbers at 4 bytes each, for the one value per few milliseconds that an hour of audio leaves behind. */
export class GrowingFloats {
  #values = new Float32Array(4096)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float32Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  values(): Float32Array {
    return this.#values.subarray(0, this.#length)
  }
}
