import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Form, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

/** She moved: asks the worker of another community to take her file. */
export function MoveForm({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const [areaCode, setAreaCode] = useState('');
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const propose = useSend(routes.file.proposeMove);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      areaCode: filled(areaCode, t('relocation.to')),
      reason: filled(reason, t('relocation.reason')),
    });
    if (fine)
      propose.run({ params: { personId }, body: { areaCode, address, reason } }, () =>
        say(t('relocation.sent')),
      );
  }
  return (
    <Form
      scope="move"
      onSend={send}
      errors={checks.errors}
      call={propose}
      send={t('relocation.send')}
      kind="secondary"
    >
      <p className="soft">{t('relocation.lead')}</p>
      <Communities value={areaCode} onChange={setAreaCode} />
      <TextField
        name="address"
        optional
        label={t('relocation.address')}
        value={address}
        onChange={setAddress}
      />
      <TextField name="reason" label={t('relocation.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}

/** Every community of the district by street: she may move anywhere in it. */
function Communities({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t } = useTranslation('console');
  const { data } = useRoute(routes.place.areas);
  const areas = data?.areas ?? [];
  const names = new Map(areas.map(({ code, name }) => [code, name]));
  const communities = areas
    .filter(({ level }) => level === 'community')
    .toSorted((one, other) => one.code.localeCompare(other.code));
  return (
    <Select
      name="areaCode"
      label={t('relocation.to')}
      placeholder=""
      value={value}
      onChange={onChange}
      options={communities.map(({ code, name, parentCode }) => ({
        value: code,
        label: `${names.get(parentCode ?? '') ?? ''} · ${name}`,
      }))}
    />
  );
}
