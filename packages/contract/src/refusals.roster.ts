/** What the module `roster` refuses. */
export const rosterRefusals = {
  // rosters
  roster_too_large: {
    status: 413,
    zh: '文件太大了，最多 {mostMegabytes} MB。请按年度或街道分成几个文件再导入。',
    en: 'The file is too large: {mostMegabytes} MB at most. Split it by year or street and import the parts.',
  },
  roster_unreadable: {
    status: 400,
    zh: '这个文件无法读取，可能已经损坏，或不是 .xlsx、.csv 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。',
    en: 'This file cannot be read: it is damaged, or no .xlsx or .csv sheet. Open it in Excel or WPS, save it as .xlsx and try again.',
  },
  roster_password: {
    status: 400,
    zh: '这个表格设有打开密码。请在 Excel 或 WPS 中去掉密码、另存后再导入。',
    en: 'This workbook is protected by a password. Take the password off in Excel or WPS, save it and import it again.',
  },
  roster_old_format: {
    status: 400,
    zh: '这是旧版 .xls 文件（也可能只是改了扩展名）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
    en: 'This is an old .xls file, whatever its name ends in. Open it in Excel or WPS, save it as .xlsx and import that.',
  },
  roster_too_many_cells: {
    status: 400,
    zh: '这个文件解压后大得不正常，为安全起见没有打开。请确认来源，只保留名册所在的工作表后再试。',
    en: 'Unpacked, this file is unusually large, so it was not opened. Make sure where it comes from, keep only the sheet with the roster and try again.',
  },
  sheet_line_too_long: {
    status: 400,
    zh: '第 {line} 行长得不像表格中的一行，没有继续读取。请用 Excel 或 WPS 打开，确认每人一行，另存为 .xlsx 后再试。',
    en: 'Line {line} is longer than any line of a table, so reading stopped. Open the file in Excel or WPS, make sure that each person has a line, save it as .xlsx and try again.',
  },
  sheet_quote_open: {
    status: 400,
    zh: '第 {line} 行有一个引号没有配对，后面的行会被当成同一格。请改正这一行，或另存为 .xlsx 后再试。',
    en: 'A quotation mark on line {line} has no partner, so the lines below would count as one cell. Correct that line, or save the file as .xlsx and try again.',
  },
  roster_side_by_side: {
    status: 400,
    zh: '这张表一行并排写了几个人（右边又有“{header}”）。请整理成一人一行后再导入，以免漏掉右边的人。',
    en: 'This sheet has several people side by side in a line (“{header}” on the right is of another). Give each person a line of her own and import again, so that nobody on the right is lost.',
  },
  roster_two_tables: {
    status: 400,
    zh: '工作表“{sheet}”第 {line} 行又开始了一张列名不同的表，下面的人会被认错。请把两张表分到两个工作表后再导入。',
    en: 'On line {line} of sheet “{sheet}” another table with other columns begins, and its people would be misread. Put the two tables on sheets of their own and import again.',
  },
  roster_several_groups: {
    status: 400,
    zh: '这个文件里有不同群体的名册（{sheets}）。一份名册只说一个群体，请把它们分成几个文件再导入。',
    en: 'This file holds rosters of different groups ({sheets}). A roster is about one group: save them as files of their own and import those.',
  },
  roster_empty: {
    status: 400,
    zh: '这个文件里没有任何一行数据。请确认选对了文件。',
    en: 'There is no row of data in this file. Make sure that it is the right one.',
  },
  roster_not_a_roster: {
    status: 400,
    zh: '这个文件里没有找到人员名册：没有一张表同时有姓名等列和人员数据。请确认选对了文件。',
    en: 'No roster of people was found in this file: no sheet has a column of names with people below it. Make sure that it is the right one.',
  },
  roster_areas_missing: {
    status: 409,
    zh: '这个区还没有街道和社区，名册里的地址无处可归。请先导入区域表，再导入名册。',
    en: 'This district has no streets and communities yet, so the places in a roster mean nothing. Import the areas first, then rosters.',
  },
  roster_busy: {
    status: 409,
    zh: '“{name}”正在由别人导入。请稍等片刻，看过结果再决定是否导入。',
    en: '“{name}” is being imported by somebody else right now. Wait a moment and look at the result before you import.',
  },
  roster_name_taken: {
    status: 409,
    zh: '这个单位已经有同名的名册，请换一个名称。',
    en: 'This department has a roster of that name already. Choose another.',
  },
  delivery_decided: {
    status: 409,
    zh: '这份名册已经导入或放弃，不能再改。请看最新情况。',
    en: 'This delivery was imported or thrown away already. Look at the present state.',
  },
  column_unknown: {
    status: 400,
    zh: '没有这一列，或不能这样理解这一列。请从列表中选择。',
    en: 'There is no such column, or it cannot mean that. Choose from the list.',
  },
  group_unknown: {
    status: 400,
    zh: '没有这个群体，请从列表中选择。',
    en: 'There is no such group. Choose one from the list.',
  },
  nothing_to_separate: {
    status: 409,
    zh: '这份档案只有这一条来源，没有可以分开的另一方。',
    en: 'This file rests on that row alone, so there is nothing to separate it from.',
  },
} as const;
