import type { NeedMove } from '@wennuan/contract';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonLink, DateText } from '../../../shared/ui/index.ts';
import { MoveForm } from '../moves/move-form.tsx';
import { moveOrder, type NeedView } from '../parts/codes.ts';
import { usePhone } from '../parts/width.ts';
import { Call } from './call.tsx';

type Possible = NeedView['moves'][number];

/** What can be done now, each with its form in place; and what cannot, with the reason. */
export function Acts({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const phone = usePhone();
  const [open, setOpen] = useState<NeedMove | null>(null);
  const acts = holds(session, 'need.act');
  const sorted = need.moves.toSorted(
    (left, right) => moveOrder.indexOf(left.move) - moveOrder.indexOf(right.move),
  );
  // A form that is open stays, with what was typed, even when the newest state forbids its move.
  const shown = sorted.filter(({ move, allowed }) => allowed || move === open);
  const refused = sorted.filter(({ move, allowed }) => !allowed && move !== open);
  return (
    <section className="panel">
      <h2>{t('need.record.now')}</h2>
      <div className="quick">
        {need.personId && holds(session, 'person.read') && (
          <Call personId={need.personId} number={need.number} />
        )}
        {holds(session, 'proposal.write') && (
          <ButtonLink to="/desk/proposals/new" search={{ needId: need.id }}>
            {t('need.record.propose')}
          </ButtonLink>
        )}
      </div>
      {!acts && <p className="soft">{t('need.record.notYours')}</p>}
      {acts && shown.length === 0 && <p className="soft">{t('need.record.nothing')}</p>}
      {acts && (
        <div className="acts">
          {shown.map((possible, place) => (
            <Act
              key={possible.move}
              need={need}
              possible={possible}
              main={place === 0 && possible.move !== 'note'}
              open={open === possible.move}
              onToggle={() => setOpen(open === possible.move ? null : possible.move)}
              onDone={() => setOpen(null)}
            />
          ))}
        </div>
      )}
      {acts && refused.length > 0 && <Refused moves={refused} open={!phone} />}
    </section>
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
    <div className="act" data-open={open || undefined} data-main={main || undefined}>
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
