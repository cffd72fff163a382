import { routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Loaded, Notice, Page } from '../../../shared/ui/index.ts';
import type { PersonFile } from '../parts/codes.ts';
import { Binding, Relative } from '../parts/person-acts.tsx';
import { Aid, Entitlements } from '../person/aid.tsx';
import { Basics } from '../person/basics.tsx';
import { AskExchange, Exchanges } from '../person/exchange.tsx';
import { Facts, Groups } from '../person/facts.tsx';
import { Households } from '../person/households.tsx';
import { Consents, Needs, Openings, Relatives, Visits } from '../person/record.tsx';

/** One person's file: who she is, what is on file with its source, what she gets, what was noted, who looked. */
export function PersonPage() {
  const { t } = useTranslation('console');
  const { personId } = useParams({ from: '/desk/persons/$personId' });
  const query = useRoute(routes.resident.readPerson, { params: { personId } });
  const name = query.data?.maskedName ?? '';
  return (
    <Page
      title={name ? t('file.title', { name }) : t('persons.title')}
      lead={t('file.lead')}
      width="wide"
    >
      <Loaded query={query} lines={8}>
        {(file) => <File file={file} />}
      </Loaded>
    </Page>
  );
}

function File({ file }: { file: PersonFile }) {
  const { session } = useSession();
  if (file.isErased) return <Erased file={file} />;
  if (file.scope === 'own_rosters') return <DepartmentFile file={file} />;
  return (
    <div className="two-columns">
      <div className="record-column">
        <Basics file={file} />
        <Groups file={file} />
        <Facts file={file} />
        <Households file={file} />
        <Visits file={file} />
      </div>
      <div className="record-column">
        <Entitlements file={file} />
        <Aid file={file} />
        <Needs file={file} />
        {holds(session, 'person.write') && <Binding file={file} />}
        <Consents file={file} />
        <Exchanges file={file} />
        <Openings file={file} />
        <Relatives file={file} />
        <Relative personId={file.id} />
      </div>
    </div>
  );
}

/** What a department sees of somebody on its rosters. */
function DepartmentFile({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <>
      <p className="soft">{t('person.ownRosters')}</p>
      <div className="two-columns">
        <div className="record-column">
          <Basics file={file} />
          <Groups file={file} />
          <Facts file={file} />
        </div>
        <div className="record-column">
          {file.households.length > 0 && <Households file={file} />}
          {file.aid.length > 0 && <Aid file={file} />}
          <AskExchange personId={file.id} />
          <Exchanges file={file} />
        </div>
      </div>
    </>
  );
}

/** What is left of somebody who was erased. */
function Erased({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return (
    <>
      <Notice title={t('person.erased')}>
        <p>{t('person.erasedBody')}</p>
      </Notice>
      <Aid file={file} />
    </>
  );
}
