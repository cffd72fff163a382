/** A sentence or a name in both languages. */
export interface Words {
  zh: string;
  en: string;
}

/** One value of a coded field: the number that is stored, the code a definition uses, its names. */
export interface CodedValue extends Words {
  number: number;
  code: string;
}

/** Stored for a value that a source wrote and the catalogue does not list; no code of a definition reaches it but `other`. */
const OTHER: CodedValue = { number: 0, code: 'other', zh: '其他', en: 'Other' };

/** Numbers are stored and never change their meaning: add at the end. */
function values(rows: readonly (readonly [code: string, zh: string, en: string])[]): CodedValue[] {
  return [...rows.map(([code, zh, en], index) => ({ number: index + 1, code, zh, en })), OTHER];
}

/** The eleven groups of the programme. */
export const GROUPS = values([
  ['minimum_living', '低保家庭', 'Minimum living allowance'],
  ['destitute', '特困供养人员', 'Destitute, supported'],
  ['disabled', '持证残疾人', 'Registered disabled'],
  ['elderly', '高龄老人', 'Very old'],
  ['child', '困境儿童', 'Child in hardship'],
  ['student', '困难学生', 'Student in hardship'],
  ['woman', '困难妇女', 'Woman in hardship'],
  ['worker', '困难职工', 'Worker in hardship'],
  ['serious_illness', '大病患者', 'Seriously ill'],
  ['veteran', '优抚对象', 'Entitled veteran or kin'],
  ['bereaved_family', '计生特殊家庭', 'Family that lost its only child'],
]);

export const SEXES = values([
  ['male', '男', 'Male'],
  ['female', '女', 'Female'],
]);

export const DISABILITY_CATEGORIES = values([
  ['sight', '视力残疾', 'Sight'],
  ['hearing', '听力残疾', 'Hearing'],
  ['speech', '言语残疾', 'Speech'],
  ['limb', '肢体残疾', 'Limbs'],
  ['mind', '智力残疾', 'Intellectual'],
  ['mental', '精神残疾', 'Mental'],
  ['multiple', '多重残疾', 'Multiple'],
]);

export const DISABILITY_GRADES = values([
  ['grade_1', '一级', 'Grade 1'],
  ['grade_2', '二级', 'Grade 2'],
  ['grade_3', '三级', 'Grade 3'],
  ['grade_4', '四级', 'Grade 4'],
]);

export const SUPPORT_WAYS = values([
  ['at_home', '分散供养', 'At home'],
  ['in_institution', '集中供养', 'In an institution'],
]);

export const SELF_CARE = values([
  ['full', '全自理', 'Cares for self'],
  ['partial', '半护理', 'Needs partial care'],
  ['none', '全护理', 'Needs full care'],
]);

export const CHILD_HARDSHIPS = values([
  ['orphan', '孤儿', 'Orphan'],
  ['without_guardian', '事实无人抚养', 'In fact without a guardian'],
  ['parent_in_prison', '父母服刑', 'Parent in prison'],
  ['parent_ill', '父母重病重残', 'Parent gravely ill or disabled'],
  ['left_behind', '留守', 'Left behind'],
  ['gravely_ill', '重病重残', 'Gravely ill or disabled'],
  ['poor_family', '家庭贫困', 'Poor family'],
  ['abused', '遭受侵害', 'Harmed'],
]);

export const STUDENT_STAGES = values([
  ['primary', '小学', 'Primary school'],
  ['junior', '初中', 'Junior middle school'],
  ['senior', '高中', 'Senior middle school'],
  ['university', '大学', 'University'],
  ['kindergarten', '幼儿园', 'Kindergarten'],
  ['vocational', '中职', 'Vocational school'],
  ['graduate', '研究生', 'Graduate school'],
]);

export const WOMAN_HARDSHIPS = values([
  ['two_cancers', '两癌患病', 'Breast or cervical cancer'],
  ['single_mother', '单亲母亲', 'Single mother'],
  ['lost_only_child', '失独', 'Lost her only child'],
  ['gravely_ill', '重病', 'Gravely ill'],
  ['disabled', '残疾', 'Disabled'],
  ['domestic_violence', '家暴受害', 'Suffered domestic violence'],
]);

export const WORKER_HARDSHIPS = values([
  ['deep', '深度困难', 'Deep hardship'],
  ['relative', '相对困难', 'Relative hardship'],
  ['accident', '意外致困', 'Hardship by accident'],
]);

export const ILLNESSES = values([
  ['cancer', '恶性肿瘤', 'Malignant tumour'],
  ['dialysis', '尿毒症透析', 'Uraemia on dialysis'],
  ['leukaemia', '白血病', 'Leukaemia'],
  ['transplant', '器官移植', 'Organ transplant'],
  ['stroke', '脑中风后遗症', 'After a stroke'],
  ['heart', '急性心肌梗塞', 'Acute heart attack'],
  ['haemophilia', '血友病', 'Haemophilia'],
]);

export const VETERAN_CATEGORIES = values([
  ['disabled_soldier', '伤残军人', 'Disabled soldier'],
  ['martyr_kin', '烈士遗属', 'Kin of a martyr'],
  ['duty_death_kin', '因公牺牲军人遗属', 'Kin of a soldier who died on duty'],
  ['illness_death_kin', '病故军人遗属', 'Kin of a soldier who died of illness'],
  ['demobilised', '在乡复员军人', 'Demobilised, in the countryside'],
  ['illness_discharged', '带病回乡退伍军人', 'Discharged ill'],
  ['war_participant', '参战退役人员', 'Fought in a war'],
  ['nuclear_test', '参试退役人员', 'Took part in nuclear tests'],
]);

export const BEREAVEMENTS = values([
  ['child_died', '独生子女死亡', 'Only child died'],
  ['child_disabled', '独生子女伤残', 'Only child disabled'],
]);

export const EMPLOYMENTS = values([
  ['employed', '在职', 'Employed'],
  ['unemployed', '失业', 'Unemployed'],
  ['flexible', '灵活就业', 'Flexibly employed'],
  ['retired', '退休', 'Retired'],
  ['unable', '无劳动能力', 'Unable to work'],
]);

export const YES_NO: CodedValue[] = [
  { number: 1, code: 'yes', zh: '是', en: 'Yes' },
  { number: 0, code: 'no', zh: '否', en: 'No' },
];
