package report

// TryDir finds out whether a report can be written into a folder.
var TryDir = tryDir
