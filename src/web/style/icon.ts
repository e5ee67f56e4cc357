/** The sign of Cloison as a favicon: two rooms, the partition, one point that passes. */
export const icon: string = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">',
  '<rect width="32" height="32" rx="6" fill="#123f47"/>',
  '<g fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round">',
  '<path d="M7 8h18v16H7z"/><path d="M16 8v5M16 19v5"/></g>',
  '<circle cx="16" cy="16" r="2.4" fill="#f2a65a"/></svg>',
].join('')
