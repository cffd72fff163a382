import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  DateField,
  Form,
  newFormId,
  PhotoField,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useSend } from '../parts/send.ts';
import type { Merchant } from './merchants.tsx';

/** Puts an organisation on file as a merchant; a colleague agrees. */
export function AddMerchant({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const organizations = useRoute(routes.organization.list, { query: { limit: 200 } }).data?.items;
  const { value, field } = useValues({
    organizationId: '',
    paymentNumber: '',
    contactTelephone: '',
    formId: newFormId(),
  });
  const add = useSend(routes.catalogue.addMerchant);
  return (
    <section className="panel">
      <Form
        scope="merchant"
        call={add}
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
          options={(organizations ?? [])
            .filter((one) => one.kind === 'supplier' || one.kind === 'enterprise')
            .map((one) => ({ value: one.id, label: one.name }))}
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
        <Button type="submit" kind="primary" busy={add.busy}>
          {t('shop.merchants.addSend')}
        </Button>
      </Form>
    </section>
  );
}

/** Files a signed agreement with its photograph. */
export function AgreementForm({ one, onDone }: { one: Merchant; onDone: () => void }) {
  const { t } = useTranslation('console');
  const [papers, setPapers] = useState<string[]>([]);
  const { value, field } = useValues({ signedOn: '', validFrom: '', validUntil: '' });
  const add = useSend(routes.catalogue.addAgreement);
  return (
    <Form
      scope={`agreement-${one.id}`}
      call={add}
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
      <Button type="submit" kind="primary" busy={add.busy}>
        {t('shop.merchants.save')}
      </Button>
    </Form>
  );
}

/** Files a licence with the day it holds until. */
export function LicenceForm({ one, onDone }: { one: Merchant; onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ kind: 'business', number: '', validUntil: '' });
  const add = useSend(routes.catalogue.addLicence);
  return (
    <Form
      scope={`licence-${one.id}`}
      call={add}
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
      <Button type="submit" kind="primary" busy={add.busy}>
        {t('shop.merchants.save')}
      </Button>
    </Form>
  );
}
