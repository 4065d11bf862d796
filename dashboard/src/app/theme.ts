import {
  Button,
  createTheme,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  PasswordInput,
  Textarea,
  TextInput,
} from '@mantine/core'

/** Chàm, the indigo of dyed cloth: our one accent. The same values stand in `theme.css`. */
const cham: MantineColorsTuple = [
  '#eef3fc',
  '#dce6f7',
  '#b7caee',
  '#8fade4',
  '#6d93da',
  '#5079cc',
  '#3a62b5',
  '#24478f',
  '#1c3a78',
  '#142b5c',
]

const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
const field = { size: 'md' } as const

export const theme = createTheme({
  primaryColor: 'cham',
  primaryShade: { light: 7, dark: 6 },
  colors: { cham },
  fontFamily: font,
  headings: { fontFamily: font, fontWeight: '680' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // What does not fit into a line of a phone takes two.
    Button: Button.extend({
      defaultProps: { size: 'md' },
      styles: {
        root: { height: 'auto', minHeight: 'max(44px, var(--button-height))', paddingBlock: 4 },
        inner: { minHeight: 'calc(max(44px, var(--button-height)) - 10px)' },
        label: { height: 'auto', lineHeight: 1.25, whiteSpace: 'normal' },
      },
    }),
    TextInput: TextInput.extend({ defaultProps: field }),
    PasswordInput: PasswordInput.extend({ defaultProps: field }),
    Textarea: Textarea.extend({ defaultProps: field }),
    NativeSelect: NativeSelect.extend({ defaultProps: field }),
    // The scroll lock injects a style element, which the content security policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, radius: 'lg', padding: 'lg' } }),
  },
})
