import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Page, PageSkeleton, useRoom } from '../../../shared/ui/index.ts';
import { Along } from '../parts/along.tsx';
import { ChooseTill } from '../parts/choose.tsx';
import { Fetch } from '../parts/fetch.tsx';
import { Intake } from '../parts/intake.tsx';
import { Paper } from '../parts/paper.tsx';
import { Refund } from '../parts/refund.tsx';
import { Sell } from '../parts/sell.tsx';
import { Slips } from '../parts/slips.tsx';
import { OpenShift, ShiftReport } from '../parts/shift.tsx';
import { StatusLine } from '../parts/status.tsx';
import type { TillState } from '../till/store.ts';
import { useCachedApp, useTill } from '../till/use-till.ts';
import '../counter.css';

const TABS = ['sell', 'fetch', 'intake', 'refund', 'slips', 'paper', 'along', 'shift'] as const;
type Tab = (typeof TABS)[number];

/** The till of this device: works from what the device keeps, with and without network. */
export function TillPage() {
  const { t } = useTranslation('counter');
  useRoom('counter');
  useCachedApp();
  const till = useTill();
  if (!till.ready) return <PageSkeleton />;
  const { snapshot } = till;
  const title = snapshot
    ? `${snapshot.data.till.placeName} · ${snapshot.data.till.name}`
    : t('title');
  return (
    <Page title={title} width="wide">
      {till.storeBroken && <Notice tone="late" title={t('line.storeBroken')} />}
      {snapshot && <StatusLine till={till} />}
      {!snapshot && <ChooseTill />}
      {snapshot && !snapshot.data.shift && !till.practice && <OpenShift till={till} />}
      {snapshot && (snapshot.data.shift || till.practice) && !till.storeBroken && (
        <Work till={till} />
      )}
    </Page>
  );
}

function Work({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [chosen, setTab] = useState<Tab>('sell');
  // Who practises must not hand over, take down or give back anything real.
  const tab = till.practice ? 'sell' : chosen;
  return (
    <>
      <nav className="till-tabs" aria-label={t('title')}>
        {TABS.filter((one) => !till.practice || one === 'sell').map((one) => (
          <Button key={one} pressed={tab === one} onPress={() => setTab(one)}>
            {t(`tabs.${one}`)}
          </Button>
        ))}
        <a className="button button-quiet" href="/counter/screen" target="_blank" rel="noreferrer">
          {t('screen.open')}
        </a>
      </nav>
      {/* The basket stays while something else is done. */}
      <div hidden={tab !== 'sell'}>
        <Sell till={till} active={tab === 'sell'} />
      </div>
      {tab === 'fetch' && <Fetch till={till} />}
      {tab === 'intake' && <Intake till={till} />}
      {tab === 'refund' && <Refund till={till} />}
      {tab === 'slips' && <Slips till={till} />}
      {tab === 'paper' && <Paper till={till} />}
      {tab === 'along' && <Along till={till} />}
      {tab === 'shift' && <ShiftReport till={till} />}
    </>
  );
}
