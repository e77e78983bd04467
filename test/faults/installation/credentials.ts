/** How a member of staff proves who they are to the program of a drill. */
export const asStaff = (id: string): Readonly<Record<string, string>> => ({ 'x-spean-caller': id });
