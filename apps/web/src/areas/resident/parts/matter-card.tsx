import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card, ClockState, DateText, State } from '../../../shared/ui/index.ts';
import { hasEnded, type OwnNeed, stateTone, waitingMove } from './own-need.ts';

/** Its state, or what waits for the asker. */
export function MatterState({ need }: { need: OwnNeed }) {
  const { t } = useTranslation('resident');
  const waiting = waitingMove(need);
  return (
    <State tone={waiting ? 'warned' : stateTone[need.state]}>
      {waiting ? t(`act.${waiting}`) : t(`state.${need.state}`)}
    </State>
  );
}

/** One matter in a list: what, how far, what happens next and by when. */
export function MatterCard({ need }: { need: OwnNeed }) {
  const { t } = useTranslation('resident');
  return (
    <Card as="article" link>
      <div className="row-between">
        <h3>
          <Link to="/my/needs/$needId" params={{ needId: need.id }}>
            {need.title}
          </Link>
        </h3>
        <MatterState need={need} />
      </div>
      <p>{need.nextStep}</p>
      <div className="row small">
        <span className="soft">
          {t(`kind.${need.kind}`)} {need.number}
        </span>
        {need.clock && !hasEnded(need) && <ClockState clock={need.clock} />}
        {!need.clock && <DateText at={need.filedAt} />}
      </div>
    </Card>
  );
}
