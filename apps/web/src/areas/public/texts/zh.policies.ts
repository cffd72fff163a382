/** Words of the public list of programmes. */
export const zhPolicies = {
  policies: {
    title: '政策清单',
    description: '正在施行的救助和帮扶政策：给什么、给谁、怎样办、由谁负责。',
    lead: '正在施行的救助和帮扶政策。社区会主动找符合条件的人，您也可以自己看。',
    mine: '看看我能享受什么',
    call: '打电话给社区',
    all: '全部政策',
    noneTitle: '现在没有公布的政策',
    noneBody: '政策决定施行后会列在这里。',
    oneLead: '标准、步骤和规则。',
    count: '截至{{at}}，按现有档案有 {{total}} {{unit}}符合。',
    few: '符合的人数较少，不公布数字。',
    people: '人',
    households: '户',
    person: '系统只按档案找人，不会替人拒绝。觉得不对，可以请社区的工作人员核对。',
  },
} as const;
