import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DateField, Form, say, TextField } from '../../../shared/ui/index.ts';
import { DecisionForm } from '../parts/decision.tsx';
import { useSend } from '../parts/send.ts';
import type { VersionView } from './definition.ts';

/** What the caller can do with a version now. */
export function VersionActs({ version }: { version: VersionView }) {
  const { t } = useTranslation('console');
  const title = t(
    version.mayEnd
      ? 'program.acts.inForce'
      : `program.acts.${version.state === 'draft' ? 'draft' : 'proposed'}`,
  );
  return (
    <section className="panel">
      <h2>{title}</h2>
      {version.mayDecide && <Decide version={version} />}
      {(version.maySubmit || version.mayWithdraw) && <Move version={version} />}
      {version.mayEnd && <End version={version} />}
    </section>
  );
}

function Move({ version }: { version: VersionView }) {
  const { t } = useTranslation('console');
  const submit = useSend(routes.program.submit);
  const withdraw = useSend(routes.program.withdraw);
  const params = { versionId: version.id };
  const isCharity = version.definition.source === 'charity';
  return (
    <div className="form-actions">
      {version.maySubmit && (isCharity || !version.mayDecide) && (
        <Button
          kind="primary"
          busy={submit.busy}
          onPress={() => submit.run({ params }, () => say(t('program.acts.submitted')))}
        >
          {t(isCharity ? 'program.acts.submitCharity' : 'program.acts.submit')}
        </Button>
      )}
      {version.mayWithdraw && (
        <Button
          kind="danger"
          busy={withdraw.busy}
          onPress={() => withdraw.run({ params }, () => say(t('program.acts.withdrawn')))}
        >
          {t('program.acts.withdraw')}
        </Button>
      )}
      {[submit, withdraw].map(
        (one, at) =>
          one.refusal && (
            <p key={at} className="field-error" role="alert">
              {one.refusal.message}
            </p>
          ),
      )}
    </div>
  );
}

function Decide({ version }: { version: VersionView }) {
  const { t } = useTranslation('console');
  const decide = useSend(routes.program.decide);
  return (
    <>
      <p className="soft">{t('program.acts.decideLead')}</p>
      <DecisionForm
        scope={version.id}
        yes={{ word: 'approve', says: t('program.acts.approve') }}
        no={{ word: 'refuse', says: t('program.acts.refuse') }}
        note={{
          name: 'note',
          label: t('program.acts.note'),
          hint: t('program.acts.noteHint'),
          most: 500,
        }}
        call={decide}
        onDecide={(decision, note) =>
          decide.run({ params: { versionId: version.id }, body: { decision, note } }, ({ state }) =>
            say(t(`program.acts.after.${state}`)),
          )
        }
      />
    </>
  );
}

function End({ version }: { version: VersionView }) {
  const { t } = useTranslation('console');
  const [isOpen, setOpen] = useState(false);
  const [value, setValue] = useState({ on: '', note: '' });
  const end = useSend(routes.program.end);
  if (!isOpen)
    return (
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {t('program.acts.end')}
      </Button>
    );
  return (
    <Form
      onSend={() =>
        end.run({ params: { versionId: version.id }, body: value }, () =>
          say(t('program.acts.ended')),
        )
      }
      call={end}
      scope={`end-${version.id}`}
    >
      <DateField
        name="on"
        label={t('program.acts.endOn')}
        hint={t('program.acts.endHint')}
        value={value.on}
        onChange={(on) => setValue({ ...value, on })}
      />
      <TextField
        name="note"
        label={t('program.acts.endNote')}
        value={value.note}
        onChange={(note) => setValue({ ...value, note })}
      />
      <Button type="submit" kind="danger" busy={end.busy}>
        {t('program.acts.end')}
      </Button>
    </Form>
  );
}
