import { statutoryAids } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ClockState, State, withDates } from '../../../shared/ui/index.ts';
import type { Task } from './codes.ts';
import { HandOver, useTake } from './hand-over.tsx';

/** One task: how urgent, what, whose, where; its link opens it, its buttons take it or hand it over. */
export function TaskRow({ task, showBuilding }: { task: Task; showBuilding: boolean }) {
  const { t } = useTranslation('console');
  const [handing, setHanding] = useState(false);
  const take = useTake(task);
  const detailWords = useDetailWords();
  const where = [task.area.name, showBuilding && task.building].filter(Boolean).join(' · ');
  return (
    <li className="task" data-late={task.clock?.state === 'overdue' || undefined}>
      <span className="task-clock">
        {task.clock ? <ClockState clock={task.clock} /> : <State>{t('need.list.noClock')}</State>}
        {task.escalatedTo && <State tone="late">{t(`codes.escalated.${task.escalatedTo}`)}</State>}
      </span>
      <span className="task-what">
        <SubjectLink task={task} />
        <span className="soft small">
          <b>{t(`codes.task.${task.kind}`)}</b> <span className="number">{task.number}</span>{' '}
          {where}
          {task.detail && ` · ${detailWords(task.detail)}`}
        </span>
      </span>
      <span className="task-owner">
        {task.mine ? (
          <State tone="accent">{t('desk.mineMark')}</State>
        ) : (
          <span className="soft small">
            {task.ownerName ? t('desk.owner', { name: task.ownerName }) : t('desk.noOwner')}
          </span>
        )}
      </span>
      <span className="task-acts">
        {!task.mine && (
          <span data-key-take>
            <Button
              busy={take.busy}
              label={t('desk.takeLabel', { number: task.number })}
              onPress={take.now}
            >
              {t('desk.take')}
            </Button>
          </span>
        )}
        <Button
          kind="quiet"
          label={t('desk.handOverLabel', { number: task.number })}
          onPress={() => setHanding(true)}
        >
          {t('desk.handOver')}
        </Button>
      </span>
      {handing && <HandOver task={task} onClose={() => setHanding(false)} />}
    </li>
  );
}

/** What a task adds to its title; which statutory aid it is about is held as a code. */
function useDetailWords() {
  const { t, i18n } = useTranslation('console');
  return (detail: string) => {
    const aid = statutoryAids.find((one) => one === detail);
    return aid ? t(`codes.aid.${aid}`) : withDates(detail, i18n.language);
  };
}

/** Matters that are worked on in a list of their own. */
const lists = {
  payee: '/desk/payees',
  gift_return: '/desk/returns',
  purpose_change: '/desk/purpose-changes',
  claim: '/desk/claims',
  pledge: '/desk/pledges',
  settlement: '/desk/shop/settlements',
  sale_order: '/desk/shop/deliveries',
  award_part: '/desk/aid/giving',
} as const;

function SubjectLink({ task }: { task: Task }) {
  const common = { className: 'task-title', 'data-key-row': true } as const;
  const { subjectKind } = task;
  if (subjectKind in lists)
    return (
      <Link to={lists[subjectKind as keyof typeof lists]} {...common}>
        {task.title}
      </Link>
    );
  switch (subjectKind) {
    case 'need':
      return (
        <Link to="/desk/needs/$needId" params={{ needId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'proposal':
    case 'payment':
      return (
        <Link to="/desk/proposals/$proposalId" params={{ proposalId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'charity_sale':
      return (
        <Link to="/desk/charity-sales/$saleId" params={{ saleId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'program':
      return (
        <Link to="/desk/programs/$code" params={{ code: task.number }} {...common}>
          {task.title}
        </Link>
      );
    case 'distribution':
      return (
        <Link to="/desk/distributions/$planId" params={{ planId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'group_buy':
      return (
        <Link to="/desk/group-buys/$groupId" params={{ groupId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'finding':
      return (
        <Link to="/desk/findings/$findingId" params={{ findingId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'disclosure':
      return (
        <Link to="/desk/disclosures/$dutyId" params={{ dutyId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'complaint':
      return (
        <Link
          to="/desk/complaints/$complaintId"
          params={{ complaintId: task.subjectId }}
          {...common}
        >
          {task.title}
        </Link>
      );
    case 'person_move':
      return (
        <Link to="/desk/moves/$moveId" params={{ moveId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'award':
      return (
        <Link to="/desk/aid/awards/$awardId" params={{ awardId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'award_list':
      return (
        <Link to="/desk/aid/lists/$listId" params={{ listId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'award_notice':
      return (
        <Link to="/desk/aid/notices/$noticeId" params={{ noticeId: task.subjectId }} {...common}>
          {task.title}
        </Link>
      );
    case 'data_request':
      return (
        <Link
          to="/desk/data-requests/$requestId"
          params={{ requestId: task.subjectId }}
          {...common}
        >
          {task.title}
        </Link>
      );
  }
}
