/** A finished ffmpeg program to run recipes with. */
export interface Ffmpeg {
  readonly path: string
  /** As the program says it, e.g. `5.1.9-0+deb12u1`. */
  readonly version: string
}
