import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { RadioGroup, Select, TextField } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import type { NeedView } from './codes.ts';

interface Payee {
  payeeKind: 'organization' | 'person';
  organizationId: string;
}
interface PayeeFieldsProps {
  need: NeedView | null;
  value: Payee;
  update: (change: Partial<Payee>) => void;
}

/** Who is paid: a supplier on file, or the person of the need herself. */
export function PayeeFields({ need, value, update }: PayeeFieldsProps) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const suppliers = usePages(routes.organization.list, {
    query: { kind: 'supplier', text: text.trim() || undefined, limit: 50 },
  });
  return (
    <>
      {need?.personId && (
        <div className="choices-row">
          <RadioGroup
            name="payeeKind"
            label={t('propose.payeeKind')}
            value={value.payeeKind}
            onChange={(kind) =>
              update({
                payeeKind: oneOf(['organization', 'person'] as const, kind) ?? 'organization',
              })
            }
            options={[
              { value: 'organization', label: t('propose.payeeSupplier') },
              { value: 'person', label: `${t('propose.payeePerson')} · ${need.maskedName}` },
            ]}
          />
        </div>
      )}
      {value.payeeKind === 'organization' && (
        <div className="field-row">
          <TextField
            name="supplierText"
            type="search"
            optional
            label={t('propose.supplierFind')}
            value={text}
            onChange={setText}
          />
          <Select
            name="payee"
            label={t('propose.supplier')}
            placeholder=""
            hint={
              !suppliers.isPending && suppliers.items.length === 0
                ? t('propose.noSupplier')
                : undefined
            }
            value={value.organizationId}
            onChange={(organizationId) => update({ organizationId })}
            options={suppliers.items.map((one) => ({
              value: one.id,
              label: one.bankAccountTail
                ? `${one.name} · ${t('organizations.bankTail', { tail: one.bankAccountTail })}`
                : one.name,
            }))}
          />
        </div>
      )}
    </>
  );
}
