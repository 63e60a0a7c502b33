package logscan

// locator goes through the hits of one chunk in order. What it learns of a line at one hit serves the next, so that it
// looks at each byte only once, however many needles stand in a line.
type locator struct {
	*chunk
	part   *part
	search *search
	place  place
	turns  []turn   // those that the hits have not passed
	last   *passage // that of the last hit
	looked int      // the last hit's line does not end before
	end    int      // where it ends; -1: not known
	after  *after   // once it was asked for
	spent  *spent
	ascii  []byte
}

// after is what ends the text of a chunk's last hits behind it.
type after struct {
	turn int // where the mode changes first
	hit  int // where the first needle stands
}

// spent counts the work done for the hits of a log: tests hold that it grows with the log and not with its needles.
type spent struct {
	lines   int64 // decoded to be shown
	decoded int64 // bytes
	looked  int64 // bytes in which the ends of lines were looked for
}

func (s *scanner) locator(j *job) *locator {
	return &locator{chunk: &j.chunk, part: &j.part, search: s.search, spent: &s.spent, turns: j.part.turns, end: -1}
}

// at is the place of hit i, until the next one is asked for. number is that of its line, start the offset of its first
// byte.
func (r *locator) at(i int, number, start int64) *place {
	h := r.part.hits[i]
	p := &r.place
	*p = place{Line: Line{Number: number, Offset: start}, needle: h.needle, at: r.base + int64(h.at), r: r, hit: h}
	p.to, p.ended = r.lineEnd(h)
	p.from, p.whole = r.lineStart(h, start)
	p.next = p.to
	if i+1 < len(r.part.hits) {
		p.next = min(p.next, r.part.hits[i+1].at)
	} else if p.to > r.hi {
		p.next = min(p.next, r.behind().hit)
	}
	p.shown = r.passage(p)
	p.ansi = p.shown.ansi
	return p
}

// lineStart finds where what is shown of the line of a hit begins, and whether that is where the line begins.
func (r *locator) lineStart(h hit, start int64) (from int, whole bool) {
	first := r.base + int64(max(0, h.at-textBefore))
	if first <= start {
		return int(start - r.base), true
	}
	first = (first + textStep - 1) / textStep * textStep
	if !h.mode.starts(first) {
		first++
	}
	return int(first - r.base), false
}

// lineEnd finds where the line of a hit ends, as far as it is shown.
func (r *locator) lineEnd(h hit) (to int, ended bool) {
	for len(r.turns) > 0 && r.turns[0].at <= h.at {
		r.turns = r.turns[1:]
	}
	limit := min(h.at+textAfter, len(r.buf))
	if r.looked <= h.at || r.end >= 0 && r.end <= h.at {
		r.looked, r.end = h.at, -1
	}
	if r.end < 0 && r.looked < limit {
		r.lookFor(h, limit)
	}
	switch {
	case r.end >= 0 && r.end <= limit:
		return r.end, true
	case r.base+int64(limit) < r.size:
		limit = int((r.base+int64(limit))/textStep*textStep - r.base)
	}
	return limit, false
}

// lookFor looks for the end of a hit's line up to limit, from where it has been looked for already.
func (r *locator) lookFor(h hit, limit int) {
	turn := len(r.buf) + 1
	if len(r.turns) > 0 {
		turn = r.turns[0].at
	} else if limit > r.hi {
		turn = r.behind().turn
	}
	from := r.looked
	r.looked = min(limit, turn)
	if r.end = r.lineFeed(from, r.looked, h.mode); r.end < 0 && r.looked == turn {
		r.end = turn
	}
	if r.end >= 0 {
		r.looked = r.end
	}
	r.spent.looked += int64(r.looked - from)
}

// behind looks at what follows the chunk.
func (r *locator) behind() after {
	if r.after == nil {
		end := min(r.hi+textAfter, len(r.buf))
		r.after = &after{turn: len(r.buf) + 1, hit: len(r.buf)}
		if at, _ := markFrom(r.buf, r.base, r.hi, end, r.part.end); at >= 0 {
			r.after.turn, end = at, at
		}
		found := part{end: r.part.end}
		r.find(&found, r.search, r.hi, r.hi, end)
		for _, h := range found.hits {
			r.after.hit = min(r.after.hit, h.at)
		}
	}
	return *r.after
}

// passage is what is shown of a place's line, the last one where that is the same.
func (r *locator) passage(p *place) *passage {
	s := &passage{from: r.base + int64(p.from), to: r.base + int64(p.to), raw: r.buf[p.from:p.to], mode: p.hit.mode,
		spent: r.spent}
	if l := r.last; l != nil && l.from == s.from && l.to == s.to && l.mode == s.mode {
		return l
	}
	s.at = s.from
	if !s.mode.wide {
		var cut int
		s.raw, cut, s.ansi = characters(s.raw, !p.whole, !p.ended)
		s.at += int64(cut)
	}
	r.last = s
	return s
}
