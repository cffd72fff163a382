import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, Page, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { organizationKinds } from '../parts/codes.ts';
import { wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';
import { PanelForm } from '../parts/panel-form.tsx';

type Organization = RouteOutput<typeof routes.organization.list>['items'][number];

/** Organisations on file, and the form that adds one. */
export function OrganizationsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const organizations = usePages(routes.organization.list, { query: { limit: 200 } });
  return (
    <Page
      title={t('organizations.title')}
      lead={t('organizations.lead')}
      width="wide"
      aside={
        holds(session, 'organization.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('organizations.add')}
          </Button>
        )
      }
    >
      {adding && <OrganizationForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('organizations.list')}
        list={organizations}
        rowKey={(one) => one.id}
        columns={[
          wordColumn<Organization>('name', t('organizations.name'), (one) => one.name),
          wordColumn<Organization>('kind', t('organizations.kind'), (one) =>
            t(`codes.organization.${one.kind}`),
          ),
          wordColumn<Organization>(
            'creditCode',
            t('organizations.creditCode'),
            (one) => one.creditCode,
          ),
          wordColumn<Organization>('bank', t('organizations.bank'), (one) =>
            one.bankAccountTail ? t('organizations.bankTail', { tail: one.bankAccountTail }) : null,
          ),
        ]}
        empty={[t('organizations.emptyTitle'), t('organizations.emptyBody')]}
      />
    </Page>
  );
}

const empty = {
  name: '',
  kind: 'supplier' as (typeof organizationKinds)[number],
  creditCode: '',
  bankAccount: '',
};

function OrganizationForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues(empty);
  const create = useSend(routes.organization.create);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ name: filled(value.name, t('organizations.name')) })) return;
    const body = {
      name: value.name,
      kind: value.kind,
      creditCode: value.creditCode.trim().toUpperCase() || null,
      bankAccount: value.bankAccount.trim() || null,
    };
    create.run({ body }, () => {
      say(t('organizations.added'));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={create} send={t('organizations.addSend')}>
      <div className="field-row">
        <TextField {...field('name')} label={t('organizations.name')} />
        <Select
          name="kind"
          label={t('organizations.kind')}
          value={value.kind}
          onChange={(kind) => update({ kind: oneOf(organizationKinds, kind) ?? 'supplier' })}
          options={organizationKinds.map((one) => ({
            value: one,
            label: t(`codes.organization.${one}`),
          }))}
        />
      </div>
      <div className="field-row">
        <TextField
          {...field('creditCode')}
          optional
          label={t('organizations.creditCode')}
          maxLength={18}
        />
        <TextField
          {...field('bankAccount')}
          optional
          inputMode="numeric"
          label={t('organizations.bankAccount')}
          hint={t('organizations.bankAccountHint')}
        />
      </div>
    </PanelForm>
  );
}
