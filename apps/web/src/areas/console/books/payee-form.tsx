import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { RadioGroup, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useValues, type Values } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { useWaitingPersons } from './waiting-persons.ts';
import { PanelForm } from '../parts/panel-form.tsx';
import { FindOrganization } from '../parts/organizations.tsx';

const kinds = ['organization', 'person'] as const;
const empty = {
  ownerKind: 'organization' as (typeof kinds)[number],
  ownerId: '',
  holder: '',
  bank: '',
  number: '',
};

/** Enters a bank account: whose, the holder's name, the bank and the number. */
export function PayeeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const form = useValues(empty);
  const { value, update, field } = form;
  const add = useSend(routes.payout.addPayee);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      ownerId: filled(value.ownerId, t('books.payees.choose')),
      holder: filled(value.holder, t('books.payees.holder')),
      bank: filled(value.bank, t('books.payees.bank')),
      number: filled(value.number, t('books.payees.number')),
    });
    if (!fine) return;
    add.run({ body: value }, () => {
      say(t('books.payees.added'));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={add} send={t('books.payees.send')}>
      <RadioGroup
        name="ownerKind"
        label={t('books.payees.kind')}
        value={value.ownerKind}
        onChange={(kind) =>
          update({ ownerKind: oneOf(kinds, kind) ?? 'organization', ownerId: '' })
        }
        options={kinds.map((kind) => ({ value: kind, label: t(`books.payees.${kind}`) }))}
      />
      {value.ownerKind === 'organization' ? (
        <OrganizationFields {...form} />
      ) : (
        <PersonField {...form} />
      )}
      <div className="field-row">
        <TextField
          {...field('holder')}
          label={t('books.payees.holder')}
          hint={t('books.payees.holderHint')}
        />
        <TextField {...field('bank')} label={t('books.payees.bank')} />
        <TextField {...field('number')} label={t('books.payees.number')} inputMode="numeric" />
      </div>
    </PanelForm>
  );
}

type FieldsProps = Values<typeof empty>;

function OrganizationFields({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  return (
    <div className="field-row">
      <FindOrganization
        name="ownerId"
        labels={{ find: t('books.payees.find'), choose: t('books.payees.choose') }}
        value={value.ownerId}
        onChange={(ownerId, name) => update({ ownerId, holder: value.holder || name })}
      />
    </div>
  );
}

function PersonField({ field }: FieldsProps) {
  const { t } = useTranslation('console');
  const persons = useWaitingPersons();
  return (
    <Select
      {...field('ownerId')}
      label={t('books.payees.personChoose')}
      hint={t('books.payees.personHint')}
      placeholder=""
      options={persons.map((one) => ({ value: one.id, label: one.label }))}
    />
  );
}
