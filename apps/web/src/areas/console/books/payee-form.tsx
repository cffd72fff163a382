import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RadioGroup, say, Select, TextField } from '../../../shared/ui/index.ts';
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
  const [value, setValue] = useState(empty);
  const update = (change: Partial<typeof empty>) => setValue((now) => ({ ...now, ...change }));
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
        <OrganizationFields value={value} update={update} />
      ) : (
        <PersonField value={value} update={update} />
      )}
      <div className="field-row">
        <TextField
          name="holder"
          label={t('books.payees.holder')}
          hint={t('books.payees.holderHint')}
          value={value.holder}
          onChange={(holder) => update({ holder })}
        />
        <TextField
          name="bank"
          label={t('books.payees.bank')}
          value={value.bank}
          onChange={(bank) => update({ bank })}
        />
        <TextField
          name="number"
          label={t('books.payees.number')}
          inputMode="numeric"
          value={value.number}
          onChange={(number) => update({ number })}
        />
      </div>
    </PanelForm>
  );
}

interface FieldsProps {
  value: typeof empty;
  update: (change: Partial<typeof empty>) => void;
}

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

function PersonField({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  const persons = useWaitingPersons();
  return (
    <Select
      name="ownerId"
      label={t('books.payees.personChoose')}
      hint={t('books.payees.personHint')}
      placeholder=""
      value={value.ownerId}
      onChange={(ownerId) => update({ ownerId })}
      options={persons.map((one) => ({ value: one.id, label: one.label }))}
    />
  );
}
