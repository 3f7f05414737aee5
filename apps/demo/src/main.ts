import { showTemplate } from './page/dom.ts'
import { startPage } from './page/start-page.ts'
import { readPlace } from './place.ts'

const place = readPlace(location.search)
showTemplate(place ? 'tab' : 'landing')
if (place) startPage(place)
