# Detection script for an Intune remediation, to be run as SYSTEM in 64-bit PowerShell.
# Intune knows two answers: 1 asks for remediation, everything else is "without issues". The first word of the output tells which it is:
# repair-needed, unclear, or error: for no answer.
& 'C:\Program Files\marsfix\marsfix.exe' diagnose --line
if ($LASTEXITCODE -eq 0) { exit 0 }
exit 1
