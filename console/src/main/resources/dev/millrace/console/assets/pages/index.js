// The pages, in the order of the navigation. A page has a path (the first part of the address behind #/), a title, and a
// component with the properties path (the other parts of the address, decoded) and query (its parameters).

import flow from './flow.js'
import subscribers from './subscribers.js'

export default [flow, subscribers]
