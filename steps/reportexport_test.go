package steps

// FixReport is a report as it leaves this package, from one as it was found.
func FixReport(r Report) Report {
	r.Fix(Presentable())
	return r
}

// TryDir finds out whether a report can be written into a folder.
var TryDir = tryDir
