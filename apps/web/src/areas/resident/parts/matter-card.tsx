import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card, ClockState, DateText, State } from '../../../shared/ui/index.ts';
import { hasEnded, type OwnNeed, stateTone } from './own-need.ts';

/** One matter in a list: what, how far, what happens next and by when. */
export function MatterCard({ need }: { need: OwnNeed }) {
  const { t } = useTranslation('resident');
  const waiting = need.moves.find(
    (one) => one.allowed && (one.move === 'confirm' || one.move === 'answer'),
  );
  return (
    <Card as="article" link>
      <div className="row-between">
        <h3>
          <Link to="/my/needs/$needId" params={{ needId: need.id }}>
            {need.title}
          </Link>
        </h3>
        <State tone={waiting ? 'warned' : stateTone[need.state]}>
          {waiting ? t(`act.${waiting.move as 'confirm' | 'answer'}`) : t(`state.${need.state}`)}
        </State>
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
