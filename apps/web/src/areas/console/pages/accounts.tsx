import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, dateWords, Page, TextField } from '../../../shared/ui/index.ts';
import { AccountForm, FirstPassword, LeaveAccount, type Opened } from '../parts/account-acts.tsx';
import { wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Account = RouteOutput<typeof routes.session.accounts>['items'][number];

/** Staff accounts: open one, look one up, end one and hand its work over. */
export function AccountsPage() {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [leaving, setLeaving] = useState<Account | null>(null);
  const accounts = usePages(routes.session.accounts, {
    query: { text: asked || undefined, limit: 100 },
  });
  return (
    <Page
      title={t('accounts.title')}
      lead={t('accounts.lead')}
      width="wide"
      aside={
        <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
          {t('accounts.add')}
        </Button>
      }
    >
      {opened && <FirstPassword opened={opened} onClose={() => setOpened(null)} />}
      {adding && (
        <AccountForm
          onOpened={(answer) => {
            setOpened(answer);
            setAdding(false);
          }}
        />
      )}
      <form
        className="search-row"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(text.trim());
        }}
      >
        <TextField
          name="text"
          type="search"
          optional
          label={t('accounts.find')}
          value={text}
          onChange={setText}
        />
        <Button type="submit">{t('persons.search')}</Button>
      </form>
      <ListTable
        label={t('accounts.list')}
        list={accounts}
        columns={useAccountColumns(setLeaving)}
        rowKey={(account) => account.id}
        empty={[t('accounts.emptyTitle'), t('accounts.emptyBody')]}
      />
      {leaving && <LeaveAccount account={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}

function useAccountColumns(onLeave: (account: Account) => void): Column<Account>[] {
  const { t, i18n } = useTranslation('console');
  const rolesOf = (account: Account) =>
    account.roles
      .map((held) =>
        [
          t(`codes.role.${held.role}`),
          held.area?.name ?? held.organizationName,
          held.deputyFor && t('accounts.deputy', { name: held.deputyFor, until: held.until ?? '' }),
        ]
          .filter(Boolean)
          .join(' · '),
      )
      .join(';');
  const stateOf = (account: Account) => {
    if (account.leftOn)
      return t('accounts.left', { date: dateWords(account.leftOn, i18n.language, false) });
    if (account.lockedUntil)
      return t('accounts.locked', { at: dateWords(account.lockedUntil, i18n.language) });
    return t('accounts.active');
  };
  return [
    wordColumn('displayName', t('accounts.displayName'), (account) => account.displayName),
    wordColumn('name', t('accounts.name'), (account) => account.name),
    wordColumn('roles', t('accounts.roles'), rolesOf),
    stateColumn('state', t('accounts.state'), (account) => [
      stateOf(account),
      account.leftOn ? 'quiet' : account.lockedUntil ? 'late' : 'done',
    ]),
    {
      key: 'leave',
      header: t('accounts.leave'),
      cell: (account) =>
        !account.leftOn && (
          <Button
            kind="quiet"
            label={t('accounts.leaveLabel', { name: account.displayName })}
            onPress={() => onLeave(account)}
          >
            {t('accounts.leave')}
          </Button>
        ),
    },
  ];
}
