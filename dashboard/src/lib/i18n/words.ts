/** The same tree with any words in it: what a translation has to fill, without one key missing or too many. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
