import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { AcceptInvitation } from '#protocol/http/accounts.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { acceptInvitation } from '../api/accept-invitation.ts'

const FIELDS = { name: 'name', username: 'username', password: 'password' }
const { shape } = AcceptInvitation

export function AcceptForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const element = useRef<HTMLFormElement>(null)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', username: '', password: '' },
    validate: {
      name: (value) => (shape.name.safeParse(value).success ? null : t('invitation.badName')),
      username: (value) => (shape.username.safeParse(value).success ? null : t('invitation.badUsername')),
      password: (value) => (shape.password.safeParse(value).success ? null : t('invitation.badPassword')),
    },
  })
  const sending = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: onDone,
    onError: (error) => {
      form.setErrors(problemsOf(error, FIELDS).errors)
      focusFirstError(element.current)
    },
  })
  const { rest, errors } = problemsOf(sending.error, FIELDS)

  return (
    <form
      ref={element}
      noValidate
      onSubmit={form.onSubmit(
        (values) => sending.mutate({ token, ...values }),
        () => focusFirstError(element.current),
      )}
    >
      <Stack gap="md">
        {sending.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad">{rest.join(' ') || textOf(sending.error)}</Notice>
        )}
        <TextInput
          key={form.key('name')}
          label={t('invitation.name')}
          autoComplete="name"
          {...form.getInputProps('name')}
        />
        <TextInput
          key={form.key('username')}
          label={t('invitation.username')}
          description={t('invitation.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          key={form.key('password')}
          label={t('invitation.password')}
          description={t('invitation.passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="lg" fullWidth loading={sending.isPending}>
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  )
}
