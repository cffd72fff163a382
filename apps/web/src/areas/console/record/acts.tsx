import type { NeedMove } from '@wennuan/contract';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, ButtonLink, DateText } from '../../../shared/ui/index.ts';
import { MoveForm } from '../moves/move-form.tsx';
import { type NeedView, rankOf } from '../parts/codes.ts';
import { Icon } from '../parts/icons.tsx';
import { usePhone } from '../parts/width.ts';
import { Call } from './call.tsx';

type Possible = NeedView['moves'][number];

/** Moves that end the matter without having met the need. */
const endings: readonly NeedMove[] = ['refuse', 'give_up', 'lapse', 'withdraw'];
/** On the telephone this many stand open to view; the others are one tap away. */
const PHONE_ACTS = 4;

/** What can be done now, each with its form in place; and what cannot, with the reason. */
export function Acts({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const phone = usePhone();
  const [open, setOpen] = useState<NeedMove | null>(null);
  const acts = holds(session, 'need.act');
  const sorted = need.moves.toSorted(
    (left, right) => rankOf(left.move, need.state) - rankOf(right.move, need.state),
  );
  // A form that is open stays, with what was typed, even when the newest state forbids its move.
  const possible = sorted.filter(({ move, allowed }) => allowed || move === open);
  const note = possible.find(({ move }) => move === 'note');
  const steps = possible.filter(({ move }) => move !== 'note');
  const refused = sorted.filter(({ move, allowed }) => !allowed && move !== open);
  const firsts = phone ? PHONE_ACTS : steps.length;
  const list = (some: readonly Possible[]) =>
    some.map((one) => (
      <Act
        key={one.move}
        need={need}
        possible={one}
        main={one === steps[0]}
        open={open === one.move}
        onToggle={() => setOpen(open === one.move ? null : one.move)}
        onDone={() => setOpen(null)}
      />
    ));
  return (
    <section className="panel">
      <h2>{t('need.record.now')}</h2>
      <Quick
        need={need}
        noting={open === 'note'}
        onNote={acts && note ? () => setOpen(open === 'note' ? null : 'note') : undefined}
      />
      {open === 'note' && (
        <div className="act act-body" data-open>
          <MoveForm need={need} move="note" onDone={() => setOpen(null)} />
        </div>
      )}
      {!acts && <p className="soft">{t('need.record.notYours')}</p>}
      {acts && steps.length === 0 && <p className="soft">{t('need.record.nothing')}</p>}
      {acts && <div className="acts">{list(steps.slice(0, firsts))}</div>}
      {acts && steps.length > firsts && (
        <details>
          <summary className="button button-secondary">{t('need.record.others')}</summary>
          <div className="acts">{list(steps.slice(firsts))}</div>
        </details>
      )}
      {acts && refused.length > 0 && <Refused moves={refused} open={!phone} />}
    </section>
  );
}

interface QuickProps {
  need: NeedView;
  noting: boolean;
  /** Absent when nothing can be noted. */
  onNote?: () => void;
}

/** Call and note, always at hand; and the way to the money for those who may propose. */
function Quick({ need, noting, onNote }: QuickProps) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const calls = need.personId !== null && holds(session, 'person.read');
  return (
    <div className="quick">
      {need.personId && calls && <Call personId={need.personId} number={need.number} />}
      {onNote && (
        <Button expanded={noting} onPress={onNote}>
          <Icon name="note" />
          {t('need.record.noteQuick')}
        </Button>
      )}
      {holds(session, 'proposal.write') && (
        <ButtonLink to="/desk/proposals/new" search={{ needId: need.id }}>
          {t('need.record.propose')}
        </ButtonLink>
      )}
      {calls && <small className="soft">{t('need.record.callNote')}</small>}
    </div>
  );
}

interface ActProps {
  need: NeedView;
  possible: Possible;
  main: boolean;
  open: boolean;
  onToggle: () => void;
  onDone: () => void;
}

function Act({ need, possible, main, open, onToggle, onDone }: ActProps) {
  const { t } = useTranslation('console');
  const bodyId = useId();
  return (
    <div
      className="act"
      data-open={open || undefined}
      data-main={main || undefined}
      data-ends={endings.includes(possible.move) || undefined}
    >
      <button
        type="button"
        className="act-name"
        aria-expanded={open}
        aria-controls={open ? bodyId : undefined}
        onClick={onToggle}
      >
        <span>
          {t(`codes.move.${possible.move}`)}{' '}
          {possible.undoUntil && (
            <small>
              <UndoUntil at={possible.undoUntil} />
            </small>
          )}
        </span>
      </button>
      {open && (
        <div id={bodyId} className="act-body">
          <MoveForm need={need} move={possible.move} onDone={onDone} />
        </div>
      )}
    </div>
  );
}

function UndoUntil({ at }: { at: string }) {
  const { t } = useTranslation('console');
  const [before, after] = t('need.record.undoUntil', { at: '|' }).split('|');
  return (
    <>
      {before}
      <DateText at={at} />
      {after}
    </>
  );
}

function Refused({ moves, open }: { moves: readonly Possible[]; open: boolean }) {
  const { t } = useTranslation('console');
  return (
    <details open={open}>
      <summary className="soft">{t('need.record.notNow')}</summary>
      <dl className="act-not">
        {moves.map(({ move, why }) => (
          <div key={move}>
            <dt>{t(`codes.move.${move}`)}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
