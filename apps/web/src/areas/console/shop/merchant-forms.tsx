import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DateField,
  Form,
  newFormId,
  PhotoField,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useOrganizations } from '../parts/organizations.tsx';
import { type DoneProps, PanelForm } from '../parts/panel-form.tsx';
import { useSend } from '../parts/send.ts';
import type { Merchant } from './merchants.tsx';

/** Puts an organisation on file as a merchant; a colleague agrees. */
export function AddMerchant({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const suppliers = useOrganizations('supplier');
  const enterprises = useOrganizations('enterprise');
  const { value, field } = useValues({
    organizationId: '',
    paymentNumber: '',
    contactTelephone: '',
    formId: newFormId(),
  });
  const add = useSend(routes.catalogue.addMerchant);
  return (
    <PanelForm
      scope="merchant"
      call={add}
      send={t('shop.merchants.addSend')}
      onSend={() =>
        add.run({ body: value }, () => {
          say(t('shop.merchants.added'));
          onDone();
        })
      }
    >
      <Select
        {...field('organizationId')}
        label={t('shop.merchants.organization')}
        placeholder=""
        options={[...suppliers, ...enterprises]}
      />
      <div className="field-row">
        <TextField
          {...field('paymentNumber')}
          label={t('shop.merchants.number')}
          hint={t('shop.merchants.numberHint')}
        />
        <TextField
          {...field('contactTelephone')}
          label={t('shop.merchants.telephone')}
          inputMode="tel"
        />
      </div>
    </PanelForm>
  );
}

/** Files a signed agreement with its photograph. */
export function AgreementForm({ one, onDone }: { one: Merchant } & DoneProps) {
  const { t } = useTranslation('console');
  const [papers, setPapers] = useState<string[]>([]);
  const { value, field } = useValues({ signedOn: '', validFrom: '', validUntil: '' });
  const add = useSend(routes.catalogue.addAgreement);
  return (
    <Form
      scope={`agreement-${one.id}`}
      call={add}
      send={t('shop.merchants.save')}
      onSend={() =>
        add.run(
          { params: { merchantId: one.id }, body: { ...value, paperId: papers[0] ?? '' } },
          () => {
            say(t('shop.merchants.saved'));
            onDone();
          },
        )
      }
    >
      <div className="field-row">
        {(['signedOn', 'validFrom', 'validUntil'] as const).map((name) => (
          <DateField key={name} {...field(name)} label={t(`shop.merchants.${name}`)} />
        ))}
      </div>
      <PhotoField
        name="paperId"
        label={t('shop.merchants.paper')}
        hint={t('shop.merchants.paperHint')}
        value={papers}
        onChange={setPapers}
        most={1}
      />
    </Form>
  );
}

/** Files a licence with the day it holds until. */
export function LicenceForm({ one, onDone }: { one: Merchant } & DoneProps) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ kind: 'business', number: '', validUntil: '' });
  const add = useSend(routes.catalogue.addLicence);
  return (
    <Form
      scope={`licence-${one.id}`}
      call={add}
      send={t('shop.merchants.save')}
      onSend={() =>
        add.run(
          {
            params: { merchantId: one.id },
            body: { ...value, kind: value.kind === 'food' ? 'food' : 'business', paperId: null },
          },
          () => {
            say(t('shop.merchants.saved'));
            onDone();
          },
        )
      }
    >
      <div className="field-row">
        <Select
          {...field('kind')}
          label={t('shop.merchants.licenceKind')}
          options={(['business', 'food'] as const).map((kind) => ({
            value: kind,
            label: t(`shop.merchants.licence.${kind}`),
          }))}
        />
        <TextField {...field('number')} label={t('shop.merchants.licenceNumber')} />
        <DateField {...field('validUntil')} label={t('shop.merchants.validUntil')} />
      </div>
    </Form>
  );
}
