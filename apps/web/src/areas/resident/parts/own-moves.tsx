import { type NeedMove, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import {
  Button,
  Card,
  Form,
  PhotoField,
  RadioGroup,
  say,
  TextArea,
} from '../../../shared/ui/index.ts';
import { type OwnNeed, waitingMove } from './own-need.ts';

/** What an asker may do herself, the one that is waited for first. */
const ownMoves = ['confirm', 'answer', 'appeal', 'reopen', 'note', 'withdraw'] as const;
type OwnMove = (typeof ownMoves)[number];
const withPhotos: ReadonlySet<NeedMove> = new Set(['answer', 'confirm', 'appeal', 'reopen']);

/** What can be done now: the one that is waited for stands open, the others open on a press. */
export function OwnMoves({ need }: { need: OwnNeed }) {
  const { t } = useTranslation('resident');
  const possible = ownMoves.filter((move) =>
    need.moves.some((one) => one.move === move && one.allowed),
  );
  const waited = waitingMove(need);
  const [chosen, setChosen] = useState<OwnMove | null>(null);
  const open = chosen ?? waited;
  if (possible.length === 0) return null;
  return (
    <section className="stack" aria-label={t('matter.acts')}>
      {open && possible.includes(open) && (
        <MoveForm key={open} need={need} move={open} onDone={() => setChosen(null)} />
      )}
      <div className="row">
        {possible
          .filter((move) => move !== open)
          .map((move) => (
            <Button
              key={move}
              kind={move === 'withdraw' ? 'quiet' : 'secondary'}
              onPress={() => setChosen(move)}
            >
              {t(`act.${move}`)}
            </Button>
          ))}
      </div>
    </section>
  );
}

interface MoveFormProps {
  need: OwnNeed;
  move: OwnMove;
  onDone: () => void;
}

const empty = { words: '', met: '', attachmentIds: [] as string[] };

/** Words, and where it helps pictures; kept on the device until they are sent. */
function MoveForm({ need, move, onDone }: MoveFormProps) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const send = useCall(routes.need.moveMine);
  const draft = useDraft(`move:${need.id}:${move}`, empty);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { words, met, attachmentIds } = draft.value;
  const confirming = move === 'confirm';
  const field = confirming ? 'words' : 'note';

  async function submit() {
    const wrong: Record<string, string> = {};
    if (confirming && !met) wrong.met = shared('field.empty', { label: t('act.confirmQuestion') });
    if (!words.trim() && move !== 'withdraw')
      wrong[field] = shared('field.empty', { label: t(confirming ? 'act.words' : 'act.reason') });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const common = { version: need.version, attachmentIds };
    const body = confirming
      ? { ...common, move: 'confirm' as const, note: '', met: met as 'yes', words }
      : { ...common, move, note: words };
    const done = await send.send({ params: { needId: need.id }, body }).catch(() => null);
    if (!done) return;
    draft.clear();
    say(t('act.sent'));
    onDone();
  }
  return (
    <Card as="section">
      <h2>{t(`act.${move}`)}</h2>
      <Form onSend={() => void submit()} errors={errors} call={send}>
        {confirming ? (
          <RadioGroup
            name="met"
            label={t('act.confirmQuestion')}
            value={met}
            onChange={(value) => draft.update({ met: value })}
            options={(['yes', 'partly', 'no'] as const).map((value) => ({
              value,
              label: t(`act.met.${value}`),
              hint: t(`act.metHint.${value}`),
            }))}
          />
        ) : (
          <p>{t(`act.${move}Hint`)}</p>
        )}
        <TextArea
          name={field}
          label={t(confirming ? 'act.words' : 'act.reason')}
          hint={confirming ? t('act.wordsHint') : undefined}
          optional={move === 'withdraw'}
          value={words}
          most={2_000}
          onChange={(value) => draft.update({ words: value })}
        />
        {withPhotos.has(move) && (
          <PhotoField
            name="attachmentIds"
            label={t('matter.photos')}
            value={attachmentIds}
            onChange={(ids) => draft.update({ attachmentIds: ids })}
          />
        )}
        <Button
          type="submit"
          kind={move === 'withdraw' ? 'danger' : 'primary'}
          busy={send.busy}
          wide
        >
          {t(`act.${move}Send`)}
        </Button>
      </Form>
    </Card>
  );
}
