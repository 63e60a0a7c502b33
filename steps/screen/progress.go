package screen

// CountBytes reports how many of so many bytes some work has done.
func CountBytes(report func(Progress), what string, total int64) func(done int64) {
	return func(done int64) { report(Progress{Done: done, Total: total, What: what}) }
}
