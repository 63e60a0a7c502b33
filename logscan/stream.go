package logscan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	// chunkSize is how much is read at a time: it stays in a core's cache until it is searched. Making the memory for a
	// larger piece costs small logs more than the calls that it saves; of a large one it is twice that, since what lies
	// about a piece is read twice.
	chunkSize = 128 << 10
	largeSize = 128 << 20
	// textBefore and textAfter are how many bytes of a line are shown about what matched in it.
	textBefore = 2 << 10
	textAfter  = 3 << 10
	// ahead is what is read beyond a chunk: the text behind its last byte, and a mark that may begin in there.
	ahead = textAfter + 1<<10
	// parallelSize is the size from which on it pays to start a second core.
	parallelSize = 2 << 20
)

// scanner reads a log once from start to end, two pieces at a time, and hands on what it finds in order: found, hold
// and progress are called by one worker or the other, never by both at once. Workers do not wait for each other but
// where something was found: to wake a core that has gone to sleep takes as long as reading half a megabyte.
type scanner struct {
	r        io.ReaderAt
	size     int64
	end      int64 // reading ends here: the log's size, unless only what lies before a place is to be known
	search   *search
	chunk    int // bytes read at a time
	workers  int // 0: as many as are worth it
	progress func(int64)
	found    func(*place)
	hold     func() // what is kept of the places found is copied, since their chunk goes

	head mode  // in which the log begins
	from int64 // what stands before has been scanned

	taken atomic.Int64 // the pieces that workers have begun with

	// What follows belongs to who holds the lock.
	lock    sync.Mutex
	moved   sync.Cond        // next or failed has changed
	next    int64            // the piece that is to be added
	later   map[int64]result // of those behind it
	mode    mode
	total   totals
	reached reached
	spent   spent
	failed  error
}

// totals is what is known of the log up to where it has been read.
type totals struct {
	encoding Encoding
	breaks   int64 // line breaks
	start    int64 // offset of the line that runs
	text     bool  // something but NUL stands in it
	blank    bool
}

// lines counts the lines; NULs behind the last line's end are padding, not a line.
func (t totals) lines() int64 {
	if t.text {
		return t.breaks + 1
	}
	return t.breaks
}

func newScanner(r io.ReaderAt, size int64, search *search, progress func(int64)) *scanner {
	s := &scanner{r: r, size: size, end: size, search: search, chunk: chunkSize, progress: progress}
	if size >= largeSize {
		s.chunk *= 2
	}
	s.moved.L, s.later = &s.lock, map[int64]result{}
	return s
}

// job is a chunk that is read and searched, beside another perhaps.
type job struct {
	chunk
	result
	mem []byte
}

// result is what was found in a piece.
type result struct {
	mode mode // in which it was searched
	part part
	to   int64 // where it ends
}

// reached is how far a log has been scanned: to where its last line begins.
type reached struct {
	head, mode mode // in which the log begins, and that line
	total      totals
	ansi       int64 // where the first kept line begins that is in a code page; -1: there is none
	since      int64 // what was new
}

// begin reads the log's first bytes. The scan goes on where an earlier one of the same log has ended, unless there was
// none or the log begins otherwise now.
func (s *scanner) begin(before *reached) error {
	m, encoding, err := beginning(s.r, s.size)
	if err != nil {
		return err
	}
	s.head = m
	s.mode, s.total = s.head, totals{blank: true}
	if before != nil && before.head == s.head && before.total.start <= s.size {
		s.mode, s.total, s.from = before.mode, before.total, before.total.start
	}
	s.total.text, s.total.encoding = false, encoding
	s.reached = reached{head: s.head, mode: s.mode, total: s.total}
	if s.workers == 0 {
		s.workers = 1
		if s.size-s.from >= parallelSize {
			s.workers = min(2, runtime.GOMAXPROCS(0))
		}
	}
	return nil
}

// run reads the log from there on.
func (s *scanner) run(ctx context.Context) error {
	m := s.mode
	var running sync.WaitGroup
	go s.search.table(m) // is made while the first piece is read
	for range s.workers - 1 {
		running.Go(func() { s.work(ctx, m) })
	}
	s.work(ctx, m)
	running.Wait() // nobody reads from r after run has returned
	return s.failed
}

// work reads and searches one piece of the log after the other that no worker has taken yet, in memory of its own that
// stays in its core's cache. A piece is searched in the mode that is known by then: it seldom changes.
func (s *scanner) work(ctx context.Context, m mode) {
	j := &job{mem: make([]byte, min(s.size-s.from+textBefore, int64(textBefore+s.chunk+ahead)))}
	for more := true; more; {
		i := s.taken.Add(1) - 1
		if first, last := s.piece(i); first >= last {
			return
		}
		err := ctx.Err()
		if err == nil {
			err = s.load(j, i)
		}
		if err == nil {
			j.scan(j.guess(m), s.search)
		}
		m, more = s.add(j, i, err)
	}
}

// add adds the i-th piece of the log in its turn, or why it could not be read, and those behind it that are done; it
// tells how the next one may have to be read. A piece in which nothing was found does not wait for its turn.
func (s *scanner) add(j *job, i int64, err error) (m mode, more bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if i != s.next && err == nil && len(j.part.hits) == 0 {
		r := j.result
		r.part.hits, r.part.turns = nil, nil // that memory is the worker's
		s.later[i] = r
		return s.mode, s.failed == nil
	}
	for i != s.next && s.failed == nil {
		s.moved.Wait()
	}
	if s.failed == nil {
		s.failed = err
	}
	for done := true; done && s.failed == nil; {
		s.merge(j)
		s.next++
		var r result
		if r, done = s.later[s.next]; done {
			delete(s.later, s.next)
			j.result = r
			if r.mode != s.mode { // the mode changed before it, after it had been searched
				s.failed = s.load(j, s.next)
			}
		}
	}
	s.moved.Broadcast()
	return s.mode, s.failed == nil
}

// piece is where the i-th piece of the log begins and ends. The last one is what is not final while the log grows: a
// byte order mark or a header in it may be known by what comes behind. Those behind the last are empty.
func (s *scanner) piece(i int64) (first, last int64) {
	final := max(s.from, s.size-markRoom)
	first, last = s.from+i*int64(s.chunk), s.size
	switch {
	case first < final:
		last = min(first+int64(s.chunk), final)
	case i == (final-s.from+int64(s.chunk)-1)/int64(s.chunk):
		first = final
	default:
		first = s.size
	}
	return first, min(last, s.end)
}

// load reads a piece with what lies around it.
func (s *scanner) load(j *job, i int64) error {
	first, last := s.piece(i)
	base := max(0, first-textBefore)
	end := min(s.size, last+ahead)
	j.to = last
	j.chunk = chunk{buf: j.mem[:end-base], base: base, size: s.size, lo: int(first - base), hi: int(last - base)}
	return readFull(s.r, j.buf, base)
}

// guess tells how the piece is read that comes next where the last one was read in mode m. If the mode often changes,
// what stands before the piece tells: one that is searched in another mode than its own is searched twice.
func (j *job) guess(m mode) mode {
	if len(j.part.turns) == 0 {
		return m
	}
	for pos := 0; pos >= 0; {
		pos, m = markFrom(j.buf, j.base, pos, j.lo, m)
	}
	return m
}

// scan searches the piece that has been read.
func (j *job) scan(m mode, s *search) { j.mode, j.part = m, j.chunk.scan(m, s, j.part) }

// merge adds what was found in a piece; all pieces before it have been added.
func (s *scanner) merge(j *job) {
	if j.mode != s.mode { // the mode changed before it, after it had been searched
		j.scan(s.mode, s.search)
	}
	p, t := &j.part, &s.total
	if len(p.hits) > 0 {
		r := s.locator(j)
		for i, h := range p.hits {
			start := h.start
			if start < 0 {
				start = t.start
			}
			s.found(r.at(i, t.breaks+h.lines+1, start))
		}
		s.hold()
	}
	t.breaks += p.lines
	t.text = p.text || t.text && p.start < 0
	if p.start >= 0 {
		t.start = p.start
	}
	t.blank = t.blank && p.blank
	s.mode = p.end
	if j.to == s.size-markRoom {
		s.reached = reached{head: s.head, mode: s.mode, total: s.total}
	}
	if s.progress != nil {
		s.progress(j.to)
	}
}

// heads are kept for the next look at a log.
var heads = sync.Pool{New: func() any { return new([headSize]byte) }}

// beginning tells from a log's first bytes how it is read and how it is encoded: everything that looks at a log begins
// with that.
func beginning(r io.ReaderAt, size int64) (m mode, e Encoding, err error) {
	if size > MaxSize {
		return narrow, UTF8, ErrTooLarge
	}
	memory := heads.Get().(*[headSize]byte)
	defer heads.Put(memory)
	head := memory[:min(size, headSize)]
	if err := readFull(r, head, 0); err != nil {
		return narrow, UTF8, err
	}
	m = detect(head)
	return m, encodingOf(head, m), nil
}

// readFull fills b from offset on; a log that has become shorter than it was said to be is an error.
func readFull(r io.ReaderAt, b []byte, offset int64) error {
	n, err := r.ReadAt(b, offset)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return fmt.Errorf("the log became shorter while it was read: it ends at byte %d: %w", offset+int64(n),
			io.ErrUnexpectedEOF)
	}
	return fmt.Errorf("read at byte %d: %w", offset, err)
}
