/** Takes the person to the first field that was refused, once React has drawn it so; a group is met at its sentence. */
export function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')?.focus())
}
