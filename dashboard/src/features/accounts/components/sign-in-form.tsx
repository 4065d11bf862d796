import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Notice } from '../../../components/ui/notice.tsx'
import { ApiError } from '../../../lib/api.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { signIn } from '../api/sign-in.ts'

export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { username: '', password: '' },
    validate: {
      username: (value) => (value.trim() === '' ? t('signIn.needed') : null),
      password: (value) => (value === '' ? t('signIn.needed') : null),
    },
  })
  const sending = useMutation({ mutationFn: signIn, onSuccess: onDone })

  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        sending.mutate({ ...values, username: values.username.trim().toLowerCase() }),
      )}
    >
      <Stack gap="md">
        {sending.isError && <Notice kind="bad">{refusal(sending.error) ?? textOf(sending.error)}</Notice>}
        <TextInput
          key={form.key('username')}
          label={t('signIn.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          key={form.key('password')}
          label={t('signIn.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="lg" fullWidth loading={sending.isPending}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )

  /** The sign-in library answers in English; only the kind of refusal is taken from it. */
  function refusal(error: unknown): string | null {
    if (!(error instanceof ApiError)) return null
    if (error.status === 400 || error.status === 401 || error.status === 422) return t('signIn.wrong')
    return error.status === 429 ? t('signIn.tooMany') : null
  }
}
