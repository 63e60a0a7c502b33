package logscan

// needle is one of the texts that a scan looks for, all of them in one pass.
type needle string

// probe is a byte that is looked for, and the needles that it stands for.
type probe struct {
	c       byte
	needles []probed
}

// probed is a needle and where in it the probe's byte lies.
type probed struct {
	needle uint8 // index into the scan's needles
	at     int
}

// The weights of a plan, measured: a vectorised pass over a byte of text, and a stop at a byte that was found.
const (
	passCost = 0.013 // ns
	stopCost = 6.0   // ns
)

// makePlan chooses the bytes to look for: for every needle one that is rare in the sample, as few as possible together.
//
// The needles themselves are not given to bytes.Index: it leaves its fast path for needles longer than 63 bytes, which most of these
// are in UTF-16, and is slow where a needle's first two bytes are common, as any letter and the zero behind it are in
// UTF-16. One rare byte found by bytes.IndexByte (32 bytes per instruction) is as good in every encoding.
func makePlan(needles []needle, sample []byte) []probe {
	var count [256]int
	for _, c := range sample {
		count[c]++
	}
	cost := func(c byte) float64 {
		return passCost + stopCost*float64(count[c])/float64(max(1, len(sample)))
	}
	var plan []probe
	left := make(map[uint8]bool, len(needles))
	for i := range needles {
		left[uint8(i)] = true
	}
	for len(left) > 0 {
		p := cheapest(needles, left, cost)
		for _, n := range p.needles {
			delete(left, n.needle)
		}
		plan = append(plan, p)
	}
	return plan
}

// cheapest finds the byte that costs least for each needle of those left that it stands for.
func cheapest(needles []needle, left map[uint8]bool, cost func(byte) float64) probe {
	best, bestCost := probe{}, 0.0
	for c := range 128 {
		p := probe{c: byte(c)}
		for i, n := range needles {
			if at := n.index(byte(c)); left[uint8(i)] && at >= 0 {
				p.needles = append(p.needles, probed{uint8(i), at})
			}
		}
		if len(p.needles) == 0 {
			continue
		}
		if each := cost(p.c) / float64(len(p.needles)); best.needles == nil || each < bestCost {
			best, bestCost = p, each
		}
	}
	return best
}

func (n needle) index(c byte) int {
	for i := range len(n) {
		if n[i] == c {
			return i
		}
	}
	return -1
}

// matches tells whether the needle stands at the start of b, read in mode m.
func (n needle) matches(b []byte, m mode) bool {
	if !m.wide {
		return len(b) >= len(n) && string(b[:len(n)]) == string(n)
	}
	if len(b) < 2*len(n) {
		return false
	}
	low := m.low()
	for i := range len(n) {
		if b[2*i+low] != n[i] || b[2*i+1-low] != 0 {
			return false
		}
	}
	return true
}
