/** The reason of a trouble with a recording that is kept in the page, and sent as soon as it can be. */
export const keptReason = 'kept';
