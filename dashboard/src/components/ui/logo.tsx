/** A horn on its pole, heard. The same drawing is the page's icon, `public/mark.svg`. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="11" fill="#24478f" />
      <path d="M16.5 27.5V40" stroke="#fff" strokeWidth="3.6" strokeLinecap="round" />
      <path
        d="M13 20.5h4.5c5.5 0 9.5-3.200 12.5-8.5v24c-3-5.300-7-8.5-12.5-8.5H13a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2z"
        fill="#fff"
      />
      <path
        d="M34.5 19.8a6.6 6.6 0 0 1 0 8.4M38.6 15.6a12.6 12.6 0 0 1 0 16.8"
        fill="none"
        stroke="#f3c25b"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
    </svg>
  )
}
