import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { Button, Form, RefusalNotice, say, TextArea } from '../../../shared/ui/index.ts';

export type OwnAward = RouteOutput<typeof routes.award.mine>['items'][number];
export type OwnPart = OwnAward['periods'][number];

/** Did it come? Two big buttons; a no makes a worker find out. */
export function PartAnswer({ part }: { part: OwnPart }) {
  const { t } = useTranslation('resident');
  const confirm = useCall(routes.award.confirmMine);
  const answer = async (received: boolean) => {
    const sent = await confirm
      .send({ params: { periodId: part.id }, body: { received, words: '' } })
      .catch(() => null);
    if (sent) say(t(received ? 'aid.thanks' : 'aid.lookingInto'));
  };
  return (
    <div className="row">
      <Button
        kind="primary"
        busy={confirm.busy}
        label={`${t('aid.received')}：${part.programmeName} ${part.period}`}
        onPress={() => void answer(true)}
      >
        {t('aid.received')}
      </Button>
      <Button
        busy={confirm.busy}
        label={`${t('aid.notReceived')}：${part.programmeName} ${part.period}`}
        onPress={() => void answer(false)}
      >
        {t('aid.notReceived')}
      </Button>
      {confirm.refusal && <RefusalNotice refusal={confirm.refusal} />}
    </div>
  );
}

type Act = 'ask' | 'appeal' | 'giveUp';

/** Ask a person, appeal, give up: each opens in place. */
export function AidActs({ award }: { award: OwnAward }) {
  const { t } = useTranslation('resident');
  const [open, setOpen] = useState<Act | null>(null);
  const acts: Act[] = [
    'ask',
    ...(award.mayAppeal ? (['appeal'] as const) : []),
    ...(award.mayGiveUp ? (['giveUp'] as const) : []),
  ];
  const label = { ask: 'aid.askPerson', appeal: 'aid.appeal', giveUp: 'aid.giveUp' } as const;
  return (
    <section className="stack-tight">
      <div className="row">
        {acts.map((act) => (
          <Button
            key={act}
            kind={act === 'giveUp' ? 'quiet' : 'secondary'}
            expanded={open === act}
            label={`${t(label[act])}：${award.programme.name}`}
            onPress={() => setOpen(open === act ? null : act)}
          >
            {t(label[act])}
          </Button>
        ))}
      </div>
      {open && acts.includes(open) && (
        <ActForm key={open} award={award} act={open} onDone={() => setOpen(null)} />
      )}
    </section>
  );
}

const words = {
  ask: ['aid.askText', 'aid.askSend', 'aid.asked'],
  appeal: ['aid.appealText', 'aid.appealSend', 'aid.appealed'],
  giveUp: ['aid.giveUpAsk', 'aid.giveUpSend', 'aid.gaveUp'],
} as const;

function ActForm({ award, act, onDone }: { award: OwnAward; act: Act; onDone: () => void }) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const ask = useCall(routes.award.askMine);
  const appeal = useCall(routes.award.appealMine);
  const giveUp = useCall(routes.award.giveUpMine);
  const params = { awardId: award.id };
  const [label, button, said] = words[act];
  const call = { ask, appeal, giveUp }[act];
  async function send() {
    if (act !== 'giveUp' && text.trim() === '') {
      setWrong({ text: shared('field.empty', { label: t(label) }) });
      return;
    }
    const sending =
      act === 'giveUp'
        ? giveUp.send({ params, body: { reason: text } })
        : (act === 'ask' ? ask : appeal).send({ params, body: { text } });
    if (!(await sending.catch(() => null))) return;
    say(t(said));
    onDone();
  }
  return (
    <Form
      scope={award.id}
      onSend={() => void send()}
      errors={wrong}
      call={call}
      send={t(button)}
      kind={act === 'giveUp' ? 'danger' : 'primary'}
    >
      {act === 'giveUp' ? (
        <p>{t(label)}</p>
      ) : (
        <TextArea
          name="text"
          label={t(label)}
          rows={3}
          most={2000}
          value={text}
          onChange={setText}
        />
      )}
    </Form>
  );
}
