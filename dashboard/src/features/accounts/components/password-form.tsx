import { Button, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { AcceptInvitation } from '#protocol/http/accounts.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { ApiError } from '../../../lib/api.ts'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { changePassword } from '../api/change-password.ts'

const isPassword = (value: string): boolean => AcceptInvitation.shape.password.safeParse(value).success

export function PasswordForm({ username, onDone }: { username: string; onDone: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const element = useRef<HTMLFormElement>(null)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (value === '' ? t('signIn.needed') : null),
      next: (value, { current }) => {
        if (!isPassword(value)) return t('password.bad')
        return value === current ? t('password.same') : null
      },
      again: (value, { next }) => (value === next ? null : t('password.differs')),
    },
  })
  const sending = useMutation({
    mutationFn: changePassword,
    onSuccess: onDone,
    onError: (error) => {
      if (!isWrongPassword(error)) return
      form.setErrors({ current: t('password.wrong') })
      focusFirstError(element.current)
    },
  })
  const field = (name: 'current' | 'next' | 'again') => ({
    label: t(`password.${name}`),
    visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword'), tabIndex: 0 },
    ...form.getInputProps(name),
  })

  return (
    <form
      ref={element}
      noValidate
      onSubmit={form.onSubmit(
        ({ current, next }) => sending.mutate({ currentPassword: current, newPassword: next }),
        () => focusFirstError(element.current),
      )}
    >
      {/* Tells a password manager whose password this is. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Stack gap="md">
        {sending.isError && !isWrongPassword(sending.error) && (
          <Notice kind="bad">{isTooMany(sending.error) ? t('password.tooMany') : textOf(sending.error)}</Notice>
        )}
        <PasswordInput key={form.key('current')} {...field('current')} autoComplete="current-password" />
        <PasswordInput
          key={form.key('next')}
          {...field('next')}
          description={t('password.hint')}
          autoComplete="new-password"
        />
        <PasswordInput key={form.key('again')} {...field('again')} autoComplete="new-password" />
        <Button type="submit" size="lg" fullWidth loading={sending.isPending}>
          {t('password.submit')}
        </Button>
      </Stack>
    </form>
  )
}

/** Of what the sign-in library refuses, the one thing that has not been looked at here before. */
const isWrongPassword = (error: unknown): boolean => error instanceof ApiError && error.status === 400
const isTooMany = (error: unknown): boolean => error instanceof ApiError && error.status === 429
