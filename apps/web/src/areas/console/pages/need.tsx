import { routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { ClockState, Loaded, Notice, Page, State } from '../../../shared/ui/index.ts';
import { type NeedView, stateTones } from '../parts/codes.ts';
import { usePhone } from '../parts/width.ts';
import { Acts } from '../record/acts.tsx';
import { RecordFacts } from '../record/facts.tsx';
import { Duplicates, Matches, Verifications } from '../record/findings.tsx';
import { RecordHistory } from '../record/history.tsx';

/** One matter as a story: left the facts, middle the history, right what can be done now. */
export function NeedPage() {
  const { t } = useTranslation('console');
  const { needId } = useParams({ from: '/desk/needs/$needId' });
  const query = useRoute(routes.need.read, { params: { needId } });
  const need = query.data;
  return (
    <Page
      title={need?.title ?? t('need.list.title')}
      width="wide"
      lead={need && `${need.number} · ${t(`codes.kind.${need.kind}`)} · ${need.area.name}`}
      aside={
        need && (
          <span className="row">
            <State tone={stateTones[need.state]}>{t(`codes.state.${need.state}`)}</State>
            {need.clock && <ClockState clock={need.clock} />}
          </span>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {(loaded) => <Record key={loaded.id} need={loaded} />}
      </Loaded>
    </Page>
  );
}

/** On the telephone what can be done comes first; on the desk the three stand side by side. */
function Record({ need }: { need: NeedView }) {
  const phone = usePhone();
  const facts = (
    <div className="record-column">
      <RecordFacts need={need} />
      <Verifications need={need} />
    </div>
  );
  const history = (
    <div className="record-column">
      <Tries need={need} />
      <Duplicates need={need} />
      <RecordHistory need={need} />
      <Matches need={need} />
    </div>
  );
  const acts = (
    <div className="record-column">
      <Acts need={need} />
    </div>
  );
  return (
    <div className="record">
      {phone ? (
        <>
          {acts}
          {facts}
          {history}
        </>
      ) : (
        <>
          {facts}
          {history}
          {acts}
        </>
      )}
    </div>
  );
}

function Tries({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  if (need.tries.length === 0) return null;
  const days = new Set(need.tries.map((at) => at.slice(0, 10))).size;
  return (
    <Notice tone="warned">
      <p>{t('need.record.tries', { days })}</p>
    </Notice>
  );
}
