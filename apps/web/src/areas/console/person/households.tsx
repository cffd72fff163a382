import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateField,
  dateWords,
  Dialog,
  Form,
  RefusalNotice,
  say,
  State,
} from '../../../shared/ui/index.ts';
import type { PersonFile } from '../parts/codes.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { AddMember, relationWords } from './add-member.tsx';

type Household = PersonFile['households'][number];
type Member = Household['members'][number];

/** The households she is or was in, from rosters and by hand. */
export function Households({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const writes = holds(session, 'person.write');
  const isInOwn = file.households.some(
    ({ source, members }) =>
      source === 'hand' && members.some(({ isSelf, until }) => isSelf && until === null),
  );
  return (
    <section className="panel">
      <h2>{t('person.households')}</h2>
      {file.households.length === 0 && <p className="soft">{t('person.householdsEmpty')}</p>}
      {file.households.map((household) => (
        <HouseholdBox key={household.id} household={household} writes={writes} />
      ))}
      {writes && !isInOwn && <CreateHousehold personId={file.id} />}
    </section>
  );
}

function HouseholdBox({ household, writes }: { household: Household; writes: boolean }) {
  const { t } = useTranslation('console');
  const isOwn = household.source === 'hand';
  const { members } = household;
  const present = members.filter(({ until }) => until === null);
  const lacksHead = present.length > 0 && !present.some(({ isHead }) => isHead);
  return (
    <div className="stack-tight">
      <p className="soft small">
        {isOwn
          ? t('person.householdHand')
          : t('person.householdRoster', { department: household.department ?? '' })}
      </p>
      <ul className="list">
        {[...present, ...members.filter(({ until }) => until !== null)].map((member) => (
          <li key={member.personId}>
            <MemberWords member={member} />
            {isOwn && writes && member.until === null && (
              <MemberActs household={household} member={member} />
            )}
          </li>
        ))}
      </ul>
      {isOwn && writes && lacksHead && <p className="soft">{t('person.headLacking')}</p>}
      {isOwn && writes && <AddMember household={household} />}
    </div>
  );
}

function MemberWords({ member }: { member: Member }) {
  const { t, i18n } = useTranslation('console');
  const detail = [
    // What she is to the head: of the head herself it tells what she was to another.
    !member.isHead && relationWords(t, member.relation),
    member.bornYear !== null && t('need.fresh.bornYear', { year: member.bornYear }),
    member.until !== null &&
      t('person.memberEnded', { until: dateWords(member.until, i18n.language) }),
  ].filter(Boolean);
  return (
    <span>
      {member.isSelf || member.maskedName === '' ? (
        <strong>{member.isSelf ? t('person.self') : t('person.notInArea')}</strong>
      ) : (
        <Link to="/desk/persons/$personId" params={{ personId: member.personId }}>
          {member.maskedName}
        </Link>
      )}{' '}
      {member.isHead && <State tone="accent">{t('person.head')}</State>}{' '}
      <span className="soft small">{detail.join(' · ')}</span>
    </span>
  );
}

function MemberActs({ household, member }: { household: Household; member: Member }) {
  const { t } = useTranslation('console');
  const [ending, setEnding] = useState(false);
  const head = useSend(routes.file.chooseHead);
  const name = member.isSelf ? t('person.self') : member.maskedName || t('person.notInArea');
  const params = { householdId: household.id };
  return (
    <span className="row">
      {!member.isHead && (
        <Button
          kind="quiet"
          busy={head.busy}
          label={t('person.headChooseLabel', { name })}
          onPress={() =>
            head.run(
              { params, body: { personId: member.personId, version: household.version } },
              () => say(t('person.headDone')),
            )
          }
        >
          {t('person.headChoose')}
        </Button>
      )}
      <Button
        kind="quiet"
        label={t('person.memberEndLabel', { name })}
        onPress={() => setEnding(true)}
      >
        {t('person.memberEnd')}
      </Button>
      {head.refusal && <RefusalNotice refusal={head.refusal} />}
      {ending && (
        <EndMember
          household={household}
          member={member}
          name={name}
          onClose={() => setEnding(false)}
        />
      )}
    </span>
  );
}

interface EndMemberProps {
  household: Household;
  member: Member;
  name: string;
  onClose: () => void;
}

function EndMember({ household, member, name, onClose }: EndMemberProps) {
  const { t } = useTranslation('console');
  const [until, setUntil] = useState(today);
  const end = useSend(routes.file.endMember);
  const params = { householdId: household.id, personId: member.personId };
  return (
    <Dialog title={t('person.memberEndLabel', { name })} open onClose={onClose}>
      <Form
        scope="end-member"
        call={end}
        onSend={() =>
          end.run({ params, body: { until, version: household.version } }, () => {
            say(t('person.memberGone'));
            onClose();
          })
        }
        send={t('person.memberEnd')}
      >
        <DateField
          name="until"
          label={t('person.memberUntil')}
          max={today()}
          value={until}
          onChange={setUntil}
        />
      </Form>
    </Dialog>
  );
}

function CreateHousehold({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const create = useSend(routes.file.createHousehold);
  return (
    <>
      <p>
        <Button
          busy={create.busy}
          onPress={() =>
            create.run({ body: { personId, since: null } }, () => say(t('person.householdCreated')))
          }
        >
          {t('person.householdCreate')}
        </Button>
      </p>
      {create.refusal && <RefusalNotice refusal={create.refusal} />}
    </>
  );
}
