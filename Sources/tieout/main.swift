// Only a call: closures given to threads inside main.swift die with SIGILL (RELIABILITY D22).
runTieout()
