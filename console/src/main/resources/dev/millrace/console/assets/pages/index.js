// The pages, in the order of the navigation. A page has a path (the first part of the address behind #/), a title, and a
// component with the properties path (the other parts of the address, decoded) and query (its parameters).

import deadLetters from './dead-letters.js'
import docs from './docs.js'
import flow from './flow.js'
import subscribers from './subscribers.js'
import topics from './topics.js'
import tryIt from './try.js'

export default [flow, subscribers, tryIt, deadLetters, topics, docs]
