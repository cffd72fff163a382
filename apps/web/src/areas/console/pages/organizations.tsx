import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  dateWords,
  DateField,
  Dialog,
  Form,
  Page,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { organizationKinds } from '../parts/codes.ts';
import { wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';
import { PanelForm } from '../parts/panel-form.tsx';

type Organization = RouteOutput<typeof routes.organization.list>['items'][number];

/** Organisations on file, and the form that adds one. */
export function OrganizationsPage() {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState<Organization | null>(null);
  const mayWrite = holds(session, 'organization.write');
  const organizations = usePages(routes.organization.list, { query: { limit: 200 } });
  return (
    <Page
      title={t('organizations.title')}
      lead={t('organizations.lead')}
      width="wide"
      aside={
        mayWrite && (
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
          ...(mayWrite ? namingColumns(t, i18n.language, setNaming) : []),
        ]}
        empty={[t('organizations.emptyTitle'), t('organizations.emptyBody')]}
      />
      {naming && <NamingForm one={naming} onClose={() => setNaming(null)} />}
    </Page>
  );
}

/** Whether a giver's name may be published, and the act that notes it. Suppliers are named as payees anyway. */
function namingColumns(
  t: TFunction<'console'>,
  language: string,
  onSet: (one: Organization) => void,
): Column<Organization>[] {
  const isGiver = (one: Organization) =>
    one.kind === 'enterprise' || one.kind === 'social_organization';
  return [
    wordColumn<Organization>('naming', t('organizations.naming'), (one) => {
      if (!isGiver(one)) return null;
      const { namingConsent } = one;
      if (!namingConsent) return t('organizations.nameless');
      const on = dateWords(namingConsent.consentedOn, language, false);
      return t('organizations.named', { on, paper: namingConsent.paper });
    }),
    {
      key: 'setNaming',
      header: t('organizations.setNaming'),
      cell: (one) =>
        isGiver(one) && (
          <Button
            label={t(one.namingConsent ? 'organizations.takeBackOf' : 'organizations.setNamingOf', {
              name: one.name,
            })}
            onPress={() => onSet(one)}
          >
            {t(one.namingConsent ? 'organizations.takeBack' : 'organizations.setNaming')}
          </Button>
        ),
    },
  ];
}

/** Notes the paper of a consent to be named, or that it was taken back. */
function NamingForm({ one, onClose }: { one: Organization; onClose: () => void }) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ paper: '', consentedOn: today() });
  const set = useSend(routes.organization.setNaming);
  const checks = useChecks();
  const filled = useFilled();
  const isNamed = one.namingConsent !== null;
  function send() {
    if (!isNamed && !checks.pass({ paper: filled(value.paper, t('organizations.namingPaper')) }))
      return;
    const consent = isNamed ? null : value;
    set.run({ params: { organizationId: one.id }, body: { consent } }, () => {
      say(t(isNamed ? 'organizations.namingTaken' : 'organizations.namingSet'));
      onClose();
    });
  }
  return (
    <Dialog
      open
      title={t(isNamed ? 'organizations.takeBackOf' : 'organizations.setNamingOf', {
        name: one.name,
      })}
      onClose={onClose}
    >
      <Form
        scope={one.id}
        onSend={send}
        errors={checks.errors}
        call={set}
        send={t(isNamed ? 'organizations.takeBack' : 'organizations.setNaming')}
      >
        {isNamed ? (
          <p>{t('organizations.takeBackNote')}</p>
        ) : (
          <>
            <TextField
              {...field('paper')}
              label={t('organizations.namingPaper')}
              hint={t('organizations.namingHint')}
            />
            <DateField
              {...field('consentedOn')}
              label={t('organizations.namingOn')}
              max={today()}
            />
          </>
        )}
      </Form>
    </Dialog>
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
