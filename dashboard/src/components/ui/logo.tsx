/** A horn on its pole, heard. The same drawing is the page's icon, `public/mark.svg`. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="11" fill="#24478f" />
      <path d="M12 9v30" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
      <path d="M12 19.500h4.600L28 12.200v22.600L16.600 27.500H12z" fill="#fff" />
      <path
        d="M33 18.200a8 8 0 0 1 0 10.600M37.200 13.900a14.200 14.200 0 0 1 0 19.200"
        fill="none"
        stroke="#f3c25b"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
