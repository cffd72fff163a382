import { type Role, roleLevel, roles, type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Form, Notice, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect } from './area-select.tsx';
import { useChecks, useFilled } from './checks.ts';
import { useSend } from './send.ts';
import { PanelForm } from './panel-form.tsx';
import { useOrganizations } from './organizations.tsx';

export type Opened = RouteOutput<typeof routes.session.createAccount> & { displayName: string };

/** Roles that are given by hand; residents open their accounts themselves. */
const givenRoles = roles.filter((role) => role !== 'resident');
const empty = {
  name: '',
  displayName: '',
  role: 'community_worker' as Role,
  areaCode: '',
  organizationId: '',
};

/** Opens an account with one role: of staff in an area, or of an enterprise's agent. */
export function AccountForm({ onOpened }: { onOpened: (opened: Opened) => void }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues(empty);
  const create = useSend(routes.session.createAccount);
  const checks = useChecks();
  const filled = useFilled();
  const level = roleLevel[value.role];
  function send() {
    const fine = checks.pass({
      name: filled(value.name, t('accounts.name')),
      displayName: filled(value.displayName, t('accounts.displayName')),
      areaCode: level !== null && filled(value.areaCode, t('accounts.area')),
      organizationId: level === null && filled(value.organizationId, t('accounts.organization')),
    });
    const body = {
      ...value,
      areaCode: value.areaCode || null,
      organizationId: value.organizationId || null,
    };
    if (fine)
      create.run({ body }, (answer) => onOpened({ ...answer, displayName: value.displayName }));
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={create} send={t('accounts.addSend')}>
      <div className="field-row">
        <TextField {...field('displayName')} label={t('accounts.displayName')} />
        <TextField {...field('name')} label={t('accounts.name')} />
      </div>
      <div className="field-row">
        <Select
          name="role"
          label={t('accounts.role')}
          value={value.role}
          onChange={(role) =>
            update({
              role: oneOf(roles, role) ?? 'community_worker',
              areaCode: '',
              organizationId: '',
            })
          }
          options={givenRoles.map((one) => ({ value: one, label: t(`codes.role.${one}`) }))}
        />
        {level ? (
          <AreaSelect
            {...field('areaCode')}
            label={t('accounts.area')}
            hint={t('accounts.areaHint')}
            placeholder=""
            levels={[level]}
          />
        ) : (
          <EnterpriseSelect
            value={value.organizationId}
            onChange={(organizationId) => update({ organizationId })}
          />
        )}
      </div>
    </PanelForm>
  );
}

interface EnterpriseSelectProps {
  value: string;
  onChange: (organizationId: string) => void;
}

/** The enterprise an agent acts for, of those on file. */
function EnterpriseSelect({ value, onChange }: EnterpriseSelectProps) {
  const { t } = useTranslation('console');
  const enterprises = useOrganizations('enterprise');
  return (
    <Select
      name="organizationId"
      label={t('accounts.organization')}
      hint={t('accounts.organizationHint')}
      placeholder=""
      value={value}
      onChange={onChange}
      options={enterprises}
    />
  );
}

/** The first password and the one-time secret, shown once. */
export function FirstPassword({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { t } = useTranslation('console');
  return (
    <div role="alert">
      <Notice tone="accent" title={opened.displayName}>
        <p>{t('accounts.once')}</p>
        <p>{t('accounts.password')}</p>
        <p className="keep-secret">{opened.password}</p>
        <p>{t('accounts.totp')}</p>
        <p className="keep-secret">{opened.totpUri}</p>
        <p>
          <Button onPress={onClose}>{t('accounts.closeOnce')}</Button>
        </p>
      </Notice>
    </div>
  );
}

interface LeaveAccountProps {
  account: { id: string; displayName: string };
  onClose: () => void;
}

/** Ends an account; its tasks go to a successor. */
export function LeaveAccount({ account, onClose }: LeaveAccountProps) {
  const { t } = useTranslation('console');
  const [successorName, setSuccessorName] = useState('');
  const leave = useSend(routes.session.leaveAccount);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ successorName: filled(successorName, t('accounts.successor')) })) return;
    leave.run({ params: { accountId: account.id }, body: { successorName } }, () => {
      say(t('accounts.leftDone'));
      onClose();
    });
  }
  return (
    <Dialog title={t('accounts.leaveTitle', { name: account.displayName })} open onClose={onClose}>
      <Form
        onSend={send}
        errors={checks.errors}
        call={leave}
        send={t('accounts.leaveSend')}
        kind="danger"
      >
        <p>{t('accounts.leaveNote')}</p>
        <TextField
          name="successorName"
          label={t('accounts.successor')}
          value={successorName}
          onChange={setSuccessorName}
        />
      </Form>
    </Dialog>
  );
}
