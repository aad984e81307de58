import App

await Kieumau.start()
